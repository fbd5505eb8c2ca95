//! A change of folders and files that a portal makes in the background.

use docspace_api::types::{Entry, OperationId};
use serde::Serialize;
use serde_json::{Value, json};

use super::in_flight::{EntriesInFlight, EntryOperation};
use crate::error::{Call, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::rooms::Outcome;
use crate::waiting::{Queue, Resumed, Ticket};

/// The key of the content in a ticket.
pub(super) const KEY: &str = "entry_operation";

/// What to do. It contains everything that is needed to recognize the result, so that it can be
/// stored in a ticket.
pub(super) trait Work: Send + Sync {
    /// The call that starts the operation.
    fn call(&self) -> Call;

    /// What the operation does, such as `deletes file 7`, for messages.
    fn effect(&self) -> String;

    /// The queue of the operations of this type.
    fn queue<'q>(&self, in_flight: &'q EntriesInFlight) -> &'q Queue<EntryOperation>;

    /// Whether there is nothing to do.
    fn is_empty(&self) -> bool {
        false
    }

    /// Whether the change can be started again if it had no effect.
    fn is_restartable(&self) -> bool;

    /// Sends the request, and returns the id of the operation.
    fn request<'w>(&'w self, portal: &'w Portal, call: &'w Call) -> BoxFuture<'w, Result<Option<OperationId>>>;

    /// Reads what the entries show.
    fn outcome<'w>(&'w self, portal: &'w Portal) -> BoxFuture<'w, Result<Outcome<Vec<Entry>>>>;

    /// The result of a resumed wait, made from the entries of the outcome.
    fn resumed(&self, entries: Vec<Entry>) -> Resumed;

    /// The ticket to wait for this operation.
    fn ticket(&self, operation: Option<OperationId>) -> Ticket;
}

/// The ticket of an operation that does `work`, which has this name in the ticket.
pub(super) fn ticket(name: &str, work: &impl Serialize, operation: Option<OperationId>) -> Ticket {
    let mut content = json!({ name: work });
    if let Some(id) = operation {
        content["operation"] = Value::from(id.0.to_string());
    }
    Ticket::new(json!({ KEY: content }))
}
