//! Waiting again for folders and files to be copied, moved or deleted.

use std::sync::Arc;

use docspace_api::types::OperationId;
use serde::Deserialize;
use serde_json::Value;

use super::delete::Deletion;
use super::outcome::Plan;
use super::work::{KEY, Work};
use crate::error::{Call, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::rooms::{Outcome, Resumable, ResumedPoller};
use crate::waiting::{Operation, Resumed, Ticket};

/// The content of a ticket.
struct EntryTicket {
    work: Arc<dyn Work>,
    operation: Option<OperationId>,
}

/// Resumes the wait for folders and files to be copied, moved or deleted. `None` if the content is
/// not that of such a ticket.
pub(crate) fn resume(portal: &Portal, content: &Value) -> Option<Operation<Resumed>> {
    let content = content.get(KEY)?;
    let work: Arc<dyn Work> = if let Some(transfer) = content.get(Plan::NAME) {
        Arc::new(Plan::deserialize(transfer).ok()?)
    } else {
        Arc::new(Deletion::deserialize(content.get(Deletion::NAME)?).ok()?)
    };
    let operation = content.get("operation").map(OperationId::deserialize).transpose().ok()?;
    Some(ResumedPoller::operation(portal, EntryTicket { work, operation }))
}

impl Resumable for EntryTicket {
    fn call(&self) -> Call {
        self.work.call()
    }

    fn effect(&self) -> String {
        self.work.effect()
    }

    fn operation(&self) -> Option<OperationId> {
        self.operation
    }

    fn ticket(&self) -> Ticket {
        self.work.ticket(self.operation)
    }

    fn outcome<'r>(&'r self, portal: &'r Portal) -> BoxFuture<'r, Result<Outcome<Resumed>>> {
        Box::pin(async move { Ok(self.work.outcome(portal).await?.map(|entries| self.work.resumed(entries))) })
    }
}
