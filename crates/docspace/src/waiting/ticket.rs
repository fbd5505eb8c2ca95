//! What a program keeps to wait for an operation later.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything that is needed to go on waiting for an operation, even in another program. It comes
/// from [`Operation::ticket`](crate::Operation::ticket), and
/// [`Portal::resume`](crate::Portal::resume) takes it.
///
/// It is written and read with serde. It contains ids, titles, tags and addresses of the request,
/// but no credentials.
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// let archiving = room.archive().await?;
/// let saved = serde_json::to_string(&archiving.ticket()).expect("a ticket is JSON");
///
/// // Later, perhaps after a restart:
/// let ticket = serde_json::from_str(&saved).expect("the saved ticket");
/// let archived = portal.resume(&ticket)?.wait().await?;
/// assert!(archived.is_some_and(|room| room.is_archived()));
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticket(Value);

impl Ticket {
    pub(crate) fn new(content: Value) -> Self {
        Self(content)
    }

    pub(crate) fn content(&self) -> &Value {
        &self.0
    }
}
