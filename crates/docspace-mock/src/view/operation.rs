//! Operations and jobs of templates as JSON (docs/portal/operations.md#the-record,
//! docs/portal/templates.md#following-a-job).

use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::portal::Portal;
use crate::state::operations::{Operation, OperationStatus, OperationType, Stage, Task};
use crate::state::rooms::Area;
use crate::state::templates::Job;
use crate::view::content::EntryViews;
use crate::view::folder::{self, AnswerKind, Viewer};

/// The record of an operation. The portal spells `Operation` with a capital letter, and sends
/// `processed` as a string.
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
    folders: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<Value>,
    /// The archive of a download.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    status: OperationStatus,
}

/// The record of an operation as its owner sees it.
pub(crate) fn operation(portal: &Portal, operation: &Operation) -> OperationView {
    let finished = operation.stage == Stage::Done;
    let lists_folders = finished
        && match operation.task {
            Task::Move(_) => true,
            Task::MarkAsRead => operation.processed > 0,
            Task::Batch(_) => !operation.folders.is_empty(),
            Task::Delete => false,
        };
    let viewer = Viewer { person: Some(operation.owner), link: None };
    // Only the records of copies of rooms, and of moves to and from the archive, do not say who
    // shared a room (recordings permissions/matrix, rooms/duplicate and rooms/news).
    let hides_sharer = matches!(operation.task, Task::Move(_) | Task::Batch(OperationType::DUPLICATE));
    let kind = if hides_sharer { AnswerKind::Operation } else { AnswerKind::Changed };
    let folder = |id: &i64| folder_view(portal, *id, viewer, kind);
    let file = |id: &i64| {
        let (room, file) = portal.rooms.room_with_file(*id)?;
        Some(without_people(EntryViews::new(portal, room, viewer).recorded_file(file)))
    };
    OperationView {
        id: operation.id,
        operation: operation.task.operation_type(),
        progress: operation.progress(),
        error: operation.error.clone(),
        processed: operation.processed.to_string(),
        finished,
        folders: lists_folders.then(|| operation.folders.iter().filter_map(folder).collect()),
        files: operation.files.iter().filter(|_| finished).filter_map(file).collect(),
        url: (finished && operation.task == Task::Batch(OperationType::DOWNLOAD)).then(|| archive(portal, operation)),
        status: operation.stage.status(),
    }
}

/// The address of the archive. The mock does not make archives, so nothing is there.
fn archive(portal: &Portal, operation: &Operation) -> String {
    format!("{}/filehandler.ashx?action=bulk&filename={}", portal.base_url, operation.id.simple())
}

/// A root folder, a room, or a folder in it.
fn folder_view(portal: &Portal, id: i64, viewer: Viewer, kind: AnswerKind) -> Option<Value> {
    if let Some(area) = Area::of_root(id) {
        return Some(json!(folder::root(portal, area, viewer.person, None)));
    }
    let room = portal.rooms.around(id)?;
    match room.folder(id) {
        Some(inner) => Some(without_people(EntryViews::new(portal, room, viewer).folder(inner))),
        None if room.area.is_personal() => Some(folder::own(portal, room, false)),
        None => Some(json!(folder::room(portal, room, viewer, kind))),
    }
}

/// Records do not say who shared an entry and whose it is.
fn without_people(mut view: Value) -> Value {
    if let Some(members) = view.as_object_mut() {
        members.remove("sharedBy");
        members.remove("ownedBy");
    }
    view
}

/// The status of a job. The two kinds differ only in the name of the id.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobView {
    #[serde(skip_serializing_if = "Option::is_none")]
    template_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_id: Option<i64>,
    #[serde(serialize_with = "super::number")]
    progress: f64,
    error: String,
    is_completed: bool,
}

/// The status of a job. `template` is true for a job that makes a template.
pub(crate) fn job(job: &Job, template: bool) -> JobView {
    JobView {
        template_id: template.then_some(job.result_id),
        room_id: (!template).then_some(job.result_id),
        progress: job.progress,
        error: job.error.clone(),
        is_completed: job.is_completed(),
    }
}
