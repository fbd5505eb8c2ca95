//! Operations: how they get to the worker.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::operations::{Operation, Task};

impl Portal {
    /// Hands a task to the worker.
    pub(crate) fn start_operation(&mut self, task: Task, folder: i64, hold: bool, owner: Uuid) -> Operation {
        let (id, now) = (self.ids.guid(), self.now());
        let operation = self.operations.start(id, task, owner, folder, hold, now);
        if self.to_be_lost > 0 {
            self.to_be_lost -= 1;
            self.operations.lose(id);
        }
        operation
    }
}
