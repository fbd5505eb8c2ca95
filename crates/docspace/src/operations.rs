//! The background operations that a portal lists for the caller. To wait for an operation that this
//! program has started, use the [`Operation`](crate::Operation) that its method returned.
//!
//! Start with [`Portal::operations`].

use std::sync::Arc;

use docspace_api::ClientOperationsExt;
use docspace_api::types::FileOperationListEnvelope;
pub use docspace_api::types::{FileOperation, OperationId};
pub use docspace_api::{OperationStatus, OperationType};

use crate::error::{Call, Error, Result};
use crate::folders::{EntriesInFlight, EntryOperation};
use crate::portal::Portal;
use crate::rooms::{RoomOperation, RoomsInFlight, deliver};

/// The caller's operations that the portal has accepted and whose end it has not reported yet.
/// Returned by [`Portal::operations`].
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// # drop(room.archive().await?);
/// use docspace::operations::OperationType;
///
/// for operation in portal.operations().list().await? {
///     println!("{} {} {} %", operation.id.0, operation.operation, operation.progress);
/// }
/// assert!(portal.operations().list_of(OperationType::Delete).await?.is_empty());
/// # Ok(())
/// # });
/// ```
///
/// **Use this to inspect operations, not to wait for them.** The portal reports a finished
/// operation only once: listing operations removes the finished ones from the list, including those
/// of the caller's other programs (docs/portal/operations.md#what-removes-a-finished-record). Waits
/// of this portal are not affected, because they receive the records that are read here. To wait,
/// use the [`Operation`](crate::Operation) that the method returned.
///
/// An operation that is not listed may have finished, may have been canceled, or may never have
/// begun. Only the room shows which.
///
/// A key needs a `files` scope for these calls. Without credentials, the list is empty.
#[derive(Clone, Debug)]
pub struct Operations {
    pub(crate) portal: Portal,
}

impl Operations {
    /// Lists all operations, and removes the finished ones from the portal's list, for the caller's
    /// other programs too.
    ///
    /// # Errors
    ///
    /// The [errors of every call](crate::ErrorKind#errors-of-every-call).
    pub async fn list(&self) -> Result<Vec<FileOperation>> {
        let call = Call::new("list_operations", "");
        Ok(self.read(call.envelope(self.portal.api().list_operations().send().await).await?))
    }

    /// Lists the operations of one type, and removes the finished ones of that type from the
    /// portal's list. Moves and copies count as one type.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the type is `Import` or `Convert`, which a portal
    ///   does not list.
    pub async fn list_of(&self, operation_type: OperationType) -> Result<Vec<FileOperation>> {
        if matches!(operation_type, OperationType::Import | OperationType::Convert) {
            let reason = format!("a portal does not list operations of the type `{operation_type}`");
            return Err(Error::invalid(reason).advise("list the operations of all types"));
        }
        let call = Call::new("list_operations_by_type", format!("`{operation_type}`"));
        let request = self.portal.api().list_operations_by_type().operation_type(operation_type.number());
        Ok(self.read(call.envelope(request.send().await).await?))
    }

    /// Reads one operation, or `None` if the portal does not list it. If the operation has
    /// finished, the portal reports that only once. Other operations stay on the list.
    ///
    /// # Errors
    ///
    /// The [errors of every call](crate::ErrorKind#errors-of-every-call).
    pub async fn get(&self, id: OperationId) -> Result<Option<FileOperation>> {
        let call = Call::new("list_operations", format!("of id {}", id.0));
        let listed = self.read(call.envelope(self.portal.api().list_operations().id(id).send().await).await?);
        Ok(listed.into_iter().find(|operation| operation.id == id))
    }

    /// Cancels an operation, and returns those that are left. What the operation has done so far
    /// stays done. An unknown id cancels nothing.
    ///
    /// The portal stops at the next entry, and then lists the operation once more as finished. A
    /// wait for the operation ends with an error. [`Operation::cancel`](crate::Operation::cancel)
    /// also waits for the outcome. The portal removes all finished operations from its list.
    ///
    /// # Errors
    ///
    /// The [errors of every call](crate::ErrorKind#errors-of-every-call).
    pub async fn cancel(&self, id: OperationId) -> Result<Vec<FileOperation>> {
        let call = Call::new("terminate_operation", format!("of id {}", id.0));
        let canceled = Canceled::record(&self.portal, Some(id));
        let outcome = call.envelope(self.portal.api().terminate_operation().id(id).send().await).await;
        Ok(self.read(outcome.inspect_err(|error| canceled.revert_unless_done(error))?))
    }

    /// Cancels all operations, including those that the caller's other programs started, and
    /// returns those that are left.
    ///
    /// # Errors
    ///
    /// The [errors of every call](crate::ErrorKind#errors-of-every-call).
    pub async fn cancel_all(&self) -> Result<Vec<FileOperation>> {
        let call = Call::new("terminate_operations", "");
        let canceled = Canceled::record(&self.portal, None);
        let outcome = call.envelope(self.portal.api().terminate_operations().send().await).await;
        Ok(self.read(outcome.inspect_err(|error| canceled.revert_unless_done(error))?))
    }

    /// Delivers the records to the waits for these operations, because the portal reports a
    /// finished operation only once.
    fn read(&self, envelope: FileOperationListEnvelope) -> Vec<FileOperation> {
        let listed = envelope.response.unwrap_or_default();
        deliver(&self.portal, &listed);
        listed
    }
}

/// The operations of this program that the portal is asked to cancel.
struct Canceled {
    rooms: Vec<Arc<RoomOperation>>,
    entries: Vec<Arc<EntryOperation>>,
}

impl Canceled {
    /// Marks the operation with this id, or all operations, as canceled, so that waits do not start
    /// them again.
    fn record(portal: &Portal, id: Option<OperationId>) -> Self {
        let rooms = portal.state::<RoomsInFlight>().cancel(id);
        Self { rooms, entries: portal.state::<EntriesInFlight>().cancel(id) }
    }

    /// Marks the operations as not canceled if the portal rejected the call or was not reached.
    /// After any other error, the portal may have canceled them.
    fn revert_unless_done(&self, error: &Error) {
        let is_rejected =
            error.status().map_or_else(|| error.is_forbidden() || error.is_retryable(), |status| status < 500);
        if is_rejected {
            self.rooms.iter().for_each(|operation| operation.go_on());
            self.entries.iter().for_each(|operation| operation.go_on());
        }
    }
}
