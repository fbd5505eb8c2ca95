//! Starting operations.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::operations::{Batch, Operation, OperationType, Task};

impl Portal {
    /// Starts an operation. If `keep_record` is false, its finished record is never listed.
    pub(crate) fn start_operation(&mut self, task: Task, folder: i64, keep_record: bool, owner: Uuid) -> Operation {
        let (id, now) = (self.ids.guid(), self.now());
        let operation = self.operations.start(id, task, owner, folder, keep_record, now);
        if self.to_be_lost > 0 {
            self.to_be_lost -= 1;
            self.operations.lose(id);
        }
        operation
    }

    /// Starts an operation on many entries.
    pub(crate) fn start_batch(
        &mut self,
        kind: OperationType,
        batch: Batch,
        keep_record: bool,
        owner: Uuid,
    ) -> Operation {
        let mut started = self.start_operation(Task::Batch(kind), 0, keep_record, owner);
        started.batch = batch;
        if let Some(operation) = self.operations.all.iter_mut().find(|operation| operation.id == started.id) {
            operation.batch.clone_from(&started.batch);
        }
        started
    }
}
