//! What a program keeps to wait for an operation later.

use docspace_api::types::{Entry, Room};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything that is needed to go on waiting for an operation, even in another program. It comes
/// from [`Operation::ticket`](crate::Operation::ticket), and
/// [`Portal::resume`](crate::Portal::resume) takes it.
///
/// It is written and read with serde. It contains ids, titles, tags and addresses of the request,
/// but no credentials. A ticket to copy or move contains the titles of all entries, so it grows
/// with their number.
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// let archiving = room.archive().await?;
/// let saved = serde_json::to_string(&archiving.ticket()).expect("a ticket is JSON");
///
/// // Later, perhaps after a restart:
/// let ticket = serde_json::from_str(&saved).expect("the saved ticket");
/// let archived = portal.resume(&ticket)?.wait().await?.into_room();
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

/// The result of an operation that [`Portal::resume`](crate::Portal::resume) has found again.
///
/// ```
/// use docspace::waiting::Resumed;
///
/// # doc_examples::with_room(async |portal, room| {
/// # let other = portal.rooms().create("Other", docspace::RoomType::Custom).send().await?;
/// # let plan = room.upload("plan.txt", "First draft").send().await?;
/// # let ticket = portal.file(&plan).copy_to(&other).start().await?.ticket().expect("a ticket");
/// match portal.resume(&ticket)?.wait().await? {
///     Resumed::Room(room) => println!("{} is archived, restored or created", room.title),
///     Resumed::Entries(entries) => println!("the target contains {} entries", entries.len()),
///     Resumed::Trashed(entry) => println!("{} is in the trash", entry.title()),
///     Resumed::Deleted => println!("it is deleted"),
///     other => println!("{other:?}"),
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Resumed {
    /// The room that was archived or restored, or the new room or template.
    Room(Box<Room>),
    /// The folders and files in the target of a copy or move, in the order of the call that started
    /// it.
    Entries(Vec<Entry>),
    /// The folder or file that was moved to the trash.
    Trashed(Box<Entry>),
    /// A room, template, folder or file was deleted.
    Deleted,
}

impl Resumed {
    /// The room or template. `None` for the other results.
    pub fn into_room(self) -> Option<Room> {
        match self {
            Self::Room(room) => Some(*room),
            Self::Entries(_) | Self::Trashed(_) | Self::Deleted => None,
        }
    }

    /// The folders and files that were copied or moved, or the one that was moved to the trash.
    /// Empty for the other results.
    pub fn into_entries(self) -> Vec<Entry> {
        match self {
            Self::Entries(entries) => entries,
            Self::Trashed(entry) => vec![*entry],
            Self::Room(_) | Self::Deleted => Vec::new(),
        }
    }
}
