//! The background work that a portal lists for the caller. To wait for work that this program has
//! started, use the [`Operation`](crate::Operation) that started it.
//!
//! Start with [`Portal::operations`].

use std::sync::Arc;

use docspace_api::ClientOperationsExt;
use docspace_api::types::FileOperationListEnvelope;
pub use docspace_api::types::{FileOperation, OperationId};
pub use docspace_api::{OperationStatus, OperationType};

use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::rooms::{RoomOperation, RoomsInFlight};

/// The caller's operations: those that the portal has accepted and whose end it has not reported
/// yet. Made by [`Portal::operations`].
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
/// assert!(portal.operations().list_of(docspace::operations::OperationType::Delete).await?.is_empty());
/// # Ok(())
/// # }
/// ```
///
/// **Use this to inspect operations, not to wait for them.** The portal reports the end of an
/// operation only once: reading a list removes all finished operations from it, including those of
/// the caller's other programs (portal-facts 8.1). Waits on this portal are not affected, because
/// they receive what is read here. To wait, use the [`Operation`](crate::Operation) that started
/// the work.
///
/// An operation that is not listed may have finished, been stopped, or never have begun. Only the
/// room shows which.
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
    /// Lists all operations. Removes finished ones from the list, for the caller's other programs
    /// too.
    ///
    /// # Errors
    ///
    /// - `Forbidden`: the key lacks a `files` scope. Without credentials, the list is empty.
    pub async fn list(&self) -> Result<Vec<FileOperation>> {
        let call = Call::new("list_operations", "");
        Ok(self.read(call.envelope(self.portal.api().list_operations().send().await).await?))
    }

    /// Lists the operations of one kind; moves and copies count as one kind. Removes finished ones
    /// of that kind from the list.
    ///
    /// # Errors
    ///
    /// - `Invalid`: imports and conversions, which a portal does not list.
    /// - Otherwise as for [`list`](Self::list).
    pub async fn list_of(&self, kind: OperationType) -> Result<Vec<FileOperation>> {
        if matches!(kind, OperationType::Import | OperationType::Convert) {
            let reason = format!("a portal does not list operations of the kind `{kind}`");
            return Err(Error::invalid(reason).advise("list all of them"));
        }
        let call = Call::new("list_operations_by_type", format!("`{kind}`"));
        let request = self.portal.api().list_operations_by_type().operation_type(kind.number());
        Ok(self.read(call.envelope(request.send().await).await?))
    }

    /// Reads one operation, if the portal still knows it. If the operation has finished, the portal
    /// reports that only once. Other operations stay on the list.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn get(&self, id: OperationId) -> Result<Option<FileOperation>> {
        let call = Call::new("list_operations", format!("of id {}", id.0));
        let listed = self.read(call.envelope(self.portal.api().list_operations().id(id).send().await).await?);
        Ok(listed.into_iter().find(|operation| operation.id == id))
    }

    /// Stops an operation, and returns those that are left. What it has done so far stays done. An
    /// unknown id stops nothing.
    ///
    /// The portal stops at the next entry, and then lists the operation once more as finished. A
    /// wait for the operation learns that it was cancelled. To learn the outcome, use
    /// [`Operation::cancel`](crate::Operation::cancel) instead. Removes finished operations from
    /// the list, as [`list`](Self::list) does.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn terminate(&self, id: OperationId) -> Result<Vec<FileOperation>> {
        let call = Call::new("terminate_operation", format!("of id {}", id.0));
        let asked = self.portal.state::<RoomsInFlight>().cancel(Some(id));
        let outcome = call.envelope(self.portal.api().terminate_operation().id(id).send().await).await;
        Ok(self.read(outcome.inspect_err(|error| unless_done(error, &asked))?))
    }

    /// Stops all operations, including those that the caller's other programs started, and returns
    /// those that are left.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn terminate_all(&self) -> Result<Vec<FileOperation>> {
        let call = Call::new("terminate_operations", "");
        let asked = self.portal.state::<RoomsInFlight>().cancel(None);
        let outcome = call.envelope(self.portal.api().terminate_operations().send().await).await;
        Ok(self.read(outcome.inspect_err(|error| unless_done(error, &asked))?))
    }

    /// The portal no longer lists what was read, so the waits for these operations receive it here.
    fn read(&self, envelope: FileOperationListEnvelope) -> Vec<FileOperation> {
        let listed = envelope.response.unwrap_or_default();
        self.portal.state::<RoomsInFlight>().deliver(&listed);
        listed
    }
}

/// Operations that the portal was asked to stop go on if it refused or was not reached. After any
/// other error, that is not known.
fn unless_done(error: &Error, asked: &[Arc<RoomOperation>]) {
    let is_refused = error.status().map_or_else(|| error.is_forbidden() || error.is_retryable(), |status| status < 500);
    asked.iter().filter(|_| is_refused).for_each(|operation| operation.go_on());
}
