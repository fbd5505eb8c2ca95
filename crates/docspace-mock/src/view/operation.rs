//! Operations and template work as JSON (portal-facts 5.4, 5.5).

use serde::Serialize;
use uuid::Uuid;

use crate::portal::Portal;
use crate::state::operations::{Operation, OperationStatus, OperationType, Stage, Task};
use crate::state::rooms::Area;
use crate::state::templates::Slot;
use crate::view::folder::{self, AnswerKind, Folder, Viewer};

/// A file operation; the capital O of `Operation` and the string in `processed` are the portal's.
#[derive(Debug, Serialize)]
pub(crate) struct OperationView {
    id: Uuid,
    #[serde(rename = "Operation")]
    operation: OperationType,
    progress: usize,
    error: String,
    processed: String,
    finished: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    folders: Option<Vec<Folder>>,
    status: OperationStatus,
}

/// An operation as its owner sees it.
pub(crate) fn operation(portal: &Portal, operation: &Operation) -> OperationView {
    let finished = operation.stage == Stage::Done;
    let tells = finished
        && match operation.task {
            Task::Move(_) => true,
            Task::MarkAsRead => operation.processed > 0,
            Task::Delete | Task::DeleteFile => false,
        };
    let viewer = Viewer { person: Some(operation.owner), link: None };
    let view = |id: &i64| match Area::of_root(*id) {
        Some(area) => Some(folder::root(portal, area, viewer.person, false)),
        None => portal.rooms.get(*id).map(|room| folder::room(portal, room, viewer, AnswerKind::Operation)),
    };
    OperationView {
        id: operation.id,
        operation: operation.task.operation_type(),
        progress: operation.progress(),
        error: operation.error.clone(),
        processed: operation.processed.to_string(),
        finished,
        folders: tells.then(|| operation.folders.iter().filter_map(view).collect()),
        status: operation.stage.status(),
    }
}

/// The state of a template slot: two shapes that differ in the id's name only.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SlotView {
    #[serde(skip_serializing_if = "Option::is_none")]
    template_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_id: Option<i64>,
    #[serde(serialize_with = "super::number")]
    progress: f64,
    error: String,
    is_completed: bool,
}

/// A slot's work; `template` says which of the two slots.
pub(crate) fn slot(slot: &Slot, template: bool) -> SlotView {
    SlotView {
        template_id: template.then_some(slot.made),
        room_id: (!template).then_some(slot.made),
        progress: slot.progress,
        error: slot.error.clone(),
        is_completed: slot.is_completed(),
    }
}
