//! The operations of a person, as a portal lists them.

use std::sync::Arc;

use docspace_api::types::{FileOperation, FileOperationListEnvelope, OperationId};
use docspace_api::{ClientOperationsExt, OperationType};

use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::rooms::RoomOperation;

/// The caller's operations: what a portal has accepted and not told the end of. Made by [`Portal::operations`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// # drop(portal.room(&room).archive().await?);
/// for operation in portal.operations().list().await? {
///     println!("{} {} {} %", operation.id.0, operation.operation, operation.progress);
/// }
/// assert!(portal.operations().list_of(docspace::OperationType::Delete).await?.is_empty());
/// # Ok(())
/// # }
/// ```
///
/// **This is for looking, not for waiting.** A portal tells of the end of an operation once: whoever reads a list takes
/// all that have ended off it, those of the caller's other programs too (portal-facts 8.1). What is waited for through
/// this portal takes no harm, since it is given what is read here. To wait, use the [`Operation`](crate::Operation) that
/// started the work.
///
/// An operation that is not listed may be finished, stopped or never begun. Only the room tells which.
#[derive(Clone, Copy, Debug)]
pub struct Operations<'p> {
    portal: &'p Portal,
}

impl Portal {
    /// The caller's operations.
    pub fn operations(&self) -> Operations<'_> {
        Operations { portal: self }
    }
}

impl Operations<'_> {
    /// All of them. Takes those that have ended off the list, for the caller's other programs too.
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key without a `files` scope. Without credentials the list is empty.
    pub async fn list(&self) -> Result<Vec<FileOperation>> {
        let call = Call::new("list_operations", "");
        Ok(self.read(call.envelope(self.portal.api().list_operations().send().await).await?))
    }

    /// Those of one kind; moves and copies are one. Takes those of it that have ended off the list.
    ///
    /// # Errors
    ///
    /// `Invalid` for imports and conversions, which a portal does not list. Otherwise as for [`list`](Self::list).
    pub async fn list_of(&self, kind: OperationType) -> Result<Vec<FileOperation>> {
        if matches!(kind, OperationType::Import | OperationType::Convert) {
            let reason = format!("a portal does not list operations of the kind `{kind}`");
            return Err(Error::invalid(reason).advise("list all of them"));
        }
        let call = Call::new("list_operations_by_type", format!("`{kind}`"));
        let request = self.portal.api().list_operations_by_type().operation_type(kind.number());
        Ok(self.read(call.envelope(request.send().await).await?))
    }

    /// One of them, if the portal still knows it. One that has ended is told this once; others stay on the list.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn get(&self, id: OperationId) -> Result<Option<FileOperation>> {
        let call = Call::new("list_operations", format!("of id {}", id.0));
        let listed = self.read(call.envelope(self.portal.api().list_operations().id(id).send().await).await?);
        Ok(listed.into_iter().find(|operation| operation.id == id))
    }

    /// Stops one of them, and returns what is left. What it did until then stays done, and an unknown id stops nothing.
    ///
    /// The portal lets go at the next entry, and then lists it once more as finished. Whoever waits for it learns that it
    /// was cancelled; to know what came of it, [`Operation::cancel`](crate::Operation::cancel) it instead. Takes those
    /// that have ended off the list, as [`list`](Self::list) does.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn terminate(&self, id: OperationId) -> Result<Vec<FileOperation>> {
        let call = Call::new("terminate_operation", format!("of id {}", id.0));
        let asked = self.portal.rooms_in_flight().cancel(Some(id));
        let outcome = call.envelope(self.portal.api().terminate_operation().id(id).send().await).await;
        Ok(self.read(outcome.inspect_err(|error| unless_done(error, &asked))?))
    }

    /// Stops all of them, those that the caller's other programs started too, and returns what is left.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn terminate_all(&self) -> Result<Vec<FileOperation>> {
        let call = Call::new("terminate_operations", "");
        let asked = self.portal.rooms_in_flight().cancel(None);
        let outcome = call.envelope(self.portal.api().terminate_operations().send().await).await;
        Ok(self.read(outcome.inspect_err(|error| unless_done(error, &asked))?))
    }

    /// What was read is gone from the portal, so those who wait for it get it here.
    fn read(&self, envelope: FileOperationListEnvelope) -> Vec<FileOperation> {
        let listed = envelope.response.unwrap_or_default();
        self.portal.rooms_in_flight().deliver(&listed);
        listed
    }
}

/// Those that the portal was asked to stop go on where it refused, or was not reached. After other errors nobody knows.
fn unless_done(error: &Error, asked: &[Arc<RoomOperation>]) {
    let is_refused = error.status().map_or_else(|| error.is_forbidden() || error.is_retryable(), |status| status < 500);
    asked.iter().filter(|_| is_refused).for_each(|operation| operation.go_on());
}
