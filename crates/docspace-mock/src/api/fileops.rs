//! Copies, moves, deletes and duplicates of many entries, and the emptying of the trash
//! (docs/portal/folders-and-files.md#copy-move-delete-duplicate).

use crate::api::call::{Call, Missing};
use crate::api::contents::{may_change, views};
use crate::api::routing::{Route, route};
use crate::portal::webhooks::Entity;
use crate::state::content::extension_of;
use crate::state::operations::{Batch, ConflictRule, Operation, OperationType};
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::state::webhooks::trigger::Trigger;
use crate::view::operation;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::form::Form;
use crate::wire::json;
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    route("PUT", "files/fileops/copy", copy),
    route("PUT", "files/fileops/move", move_entries),
    // This call hides the list of moves (docs/portal/operations.md#the-type-in-the-path).
    route("GET", "files/fileops/move", conflicts),
    route("GET", "files/fileops/checkdestfolder", check_target),
    route("PUT", "files/fileops/delete", delete),
    route("PUT", "files/fileops/deleteversion", delete_versions),
    route("PUT", "files/fileops/duplicate", duplicate),
    route("PUT", "files/fileops/emptytrash", empty_trash),
    route("PUT", "files/fileops/markasread", mark_as_read),
];

/// What the calls of this file have in common.
struct Order {
    batch: Batch,
    /// The id of the target as it was sent.
    target: Option<String>,
    keep_record: bool,
    single: bool,
}

impl Order {
    fn read(call: &Call<'_>, dto: &str) -> Result<Self, Failure> {
        let mut form = call.form("", dto)?;
        let order = Self {
            batch: Batch {
                folders: ids(&mut form, "folderIds"),
                files: ids(&mut form, "fileIds"),
                target: 0,
                conflicts: form
                    .named_enum("conflictResolveType", "ASC.Web.Files.Services.WCFService.FileConflictResolveType")
                    .unwrap_or(ConflictRule::SKIP),
                immediately: form.boolean("immediately").unwrap_or(false),
                reported: 0,
            },
            target: match form.raw("destFolderId") {
                Some(json::Value::Text(typed) | json::Value::Number(typed)) => Some(typed.clone()),
                _ => None,
            },
            keep_record: !form.boolean("deleteAfter").unwrap_or(false),
            single: form.boolean("returnSingleOperation").unwrap_or(false),
        };
        form.finish()?;
        Ok(order)
    }

    /// Starts the operation. Without entries nothing is started.
    fn start(self, call: &mut Call<'_>, kind: OperationType) -> Reply {
        let started = (!self.batch.is_empty()).then(|| {
            let me = call.me();
            call.portal.start_batch(kind, self.batch, self.keep_record, me)
        });
        reply(call, kind, started, self.single)
    }
}

/// The answer contains all operations of the caller in the queue, the new one last, or only the new
/// one if the request asks for that (docs/portal/operations.md#whose-id-a-delete-returns).
pub(super) fn reply(call: &mut Call<'_>, kind: OperationType, started: Option<Operation>, single: bool) -> Reply {
    let me = call.me();
    let listed = match started {
        Some(started) if single => vec![started],
        _ => call.portal.operations.read(me, |one| one.task.operation_type().queue() == kind.queue()),
    };
    let views: Vec<_> = listed.iter().map(|one| operation::operation(call.portal, one)).collect();
    Reply::one(&views)
}

/// Ids of other text than 32-bit integers belong to third-party storage, which the mock does not
/// have.
fn ids(form: &mut Form, name: &str) -> Vec<i64> {
    let sent = form.folder_ids(name).unwrap_or_default();
    sent.iter().filter_map(|typed| typed.parse::<i32>().ok()).map(i64::from).collect()
}

fn copy(call: &mut Call<'_>) -> Result<Reply, Failure> {
    transfer(call, OperationType::COPY)
}

fn move_entries(call: &mut Call<'_>) -> Result<Reply, Failure> {
    transfer(call, OperationType::MOVE)
}

fn transfer(call: &mut Call<'_>, kind: OperationType) -> Result<Reply, Failure> {
    let mut order = Order::read(call, "ASC.Files.Core.ApiModels.RequestDto.BatchRequestDto")?;
    if order.batch.is_empty() {
        return Ok(order.start(call, kind));
    }
    let target = order.target.as_deref().and_then(|typed| typed.parse::<i32>().ok());
    order.batch.target = target.ok_or_else(|| Failure::selector_not_found(""))?.into();
    check_sources(call, &order.batch, kind)?;
    check_destination(call, &order.batch)?;
    Ok(order.start(call, kind))
}

/// Fails unless the caller may copy or move the entries.
fn check_sources(call: &Call<'_>, batch: &Batch, kind: OperationType) -> Result<(), Failure> {
    let rooms = &call.portal.rooms;
    let may = |room: &Room| {
        let permissions = call.permissions(room);
        match kind {
            OperationType::MOVE => (room.area.is_writable() || room.area == Area::Trash) && permissions.manages(),
            _ => permissions.can_copy(room),
        }
    };
    for id in &batch.folders {
        let room = rooms.around(*id);
        if room.is_some_and(|room| room.id == *id) || Area::of_root(*id).is_some() {
            return Err(Failure::denied());
        }
        if !may(room.ok_or_else(Failure::null_reference)?) {
            return Err(Failure::denied());
        }
    }
    let found = batch.files.iter().filter(|id| rooms.room_with_file(**id).is_some()).count();
    if found < batch.files.len() && found > 0 {
        return Err(Failure::not_found(Message::FileNotFound));
    }
    for id in &batch.files {
        let (room, _) = rooms.room_with_file(*id).ok_or_else(Failure::denied)?;
        if !may(room) {
            return Err(Failure::denied());
        }
    }
    Ok(())
}

/// Fails unless the caller may add the entries to the target.
fn check_destination(call: &Call<'_>, batch: &Batch) -> Result<(), Failure> {
    if Area::of_root(batch.target).is_some() {
        return Err(Failure::denied());
    }
    let rooms = &call.portal.rooms;
    let room = rooms.around(batch.target).ok_or_else(|| Failure::not_found(Message::FolderNotFound))?;
    if !call.permissions(room).can_write(room) {
        return Err(Failure::denied());
    }
    let parents: Vec<i64> = room.path_to(batch.target).iter().map(|folder| folder.id).collect();
    if batch.folders.iter().any(|id| parents.contains(id)) {
        return Err(Failure::refused(Message::plain("You cannot copy the folder to its subfolder")));
    }
    if !batch.files.iter().all(|id| takes(call, room, *id)) {
        let text = "The file cannot be uploaded to this room. Please try to upload the ONLYOFFICE PDF form.";
        return Err(Failure::refused(Message::plain(text)));
    }
    Ok(())
}

/// Whether a room takes a file: a FillingForms room takes only forms.
fn takes(call: &Call<'_>, room: &Room, file: i64) -> bool {
    let file = call.portal.rooms.room_with_file(file);
    room.room_type != RoomType::FILLING_FORMS
        || file.is_some_and(|(_, file)| extension_of(&file.title).eq_ignore_ascii_case(".pdf"))
}

/// The entries and the target in the query of a call that only checks.
fn queried(call: &Call<'_>) -> Batch {
    let numbers = |name: &str| -> Vec<i64> {
        let typed = call.query.all(name);
        typed.iter().flat_map(|text| text.split(',')).filter_map(|one| one.trim().parse().ok()).collect()
    };
    let target = numbers("destFolderId").first().copied().unwrap_or(0);
    Batch { folders: numbers("folderIds"), files: numbers("fileIds"), target, ..Batch::default() }
}

/// The entries whose titles exist in the target.
fn conflicts(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let batch = queried(call);
    if batch.target == 0 {
        return Err(Failure::invalid_state());
    }
    let cannot_create = || Failure::refused(Message::CannotCreate);
    if Area::of_root(batch.target).is_some() {
        return Err(cannot_create());
    }
    let rooms = &call.portal.rooms;
    let target = rooms.around(batch.target).ok_or_else(|| Missing::Refused.failure())?;
    if !call.permissions(target).can_write(target) {
        return Err(cannot_create());
    }
    let files = batch.files.iter().filter_map(|id| rooms.room_with_file(*id));
    let files = files.filter(|(_, file)| target.file_titled(batch.target, &file.title).is_some());
    let mut found: Vec<_> = files.map(|(room, file)| views(call, room).file(file)).collect();
    let folders = batch.folders.iter().filter_map(|id| {
        let room = rooms.room_with_folder(*id)?;
        Some((room, room.folder(*id)?))
    });
    let folders = folders.filter(|(_, folder)| target.folder_titled(batch.target, &folder.title).is_some());
    found.extend(folders.map(|(room, folder)| views(call, room).folder(folder)));
    Ok(Reply::one(&found))
}

/// Which files may go into the target: all (0), some (1) or none (2).
fn check_target(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let batch = queried(call);
    if batch.target == 0 {
        return Err(Failure::invalid_state());
    }
    let rooms = &call.portal.rooms;
    let target = rooms.around(batch.target).ok_or_else(Failure::null_reference)?;
    let may = call.permissions(target).can_write(target);
    let (fitting, others): (Vec<i64>, Vec<i64>) = batch.files.iter().partition(|id| may && takes(call, target, **id));
    let result = match (may, fitting.is_empty(), others.is_empty()) {
        (true, _, true) => 0,
        (true, false, false) => 1,
        _ => 2,
    };
    let files = fitting.iter().filter(|_| result == 1).filter_map(|id| rooms.room_with_file(*id));
    let files: Vec<_> = files.map(|(room, file)| views(call, room).file(file)).collect();
    Ok(Reply::one(&serde_json::json!({"result": result, "files": files})))
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let order = Order::read(call, "ASC.Files.Core.ApiModels.RequestDto.DeleteBatchRequestDto")?;
    for id in &order.batch.folders {
        check_folder_delete(call, *id, order.batch.immediately)?;
    }
    for id in &order.batch.files {
        check_file_delete(call, *id)?;
    }
    Ok(order.start(call, OperationType::DELETE))
}

/// Fails unless the caller may delete the folder. Rooms do not go to the trash, and root folders
/// cannot be deleted.
pub(super) fn check_folder_delete(call: &Call<'_>, id: i64, immediately: bool) -> Result<(), Failure> {
    if Area::of_root(id).is_some() {
        return Err(Failure::denied());
    }
    if let Some(room) = call.portal.rooms.get(id) {
        let may = immediately && call.permissions(room).can_delete(room);
        return if may { Ok(()) } else { Err(Failure::denied()) };
    }
    let missing = || Failure::Thrown(Exception::FileNotFound, Message::FolderNotFound);
    let room = call.portal.rooms.around(id).ok_or_else(missing)?;
    let folder = room.folder(id).ok_or_else(Failure::denied)?;
    check_delete(call, room, folder.created_by)
}

/// Fails unless the caller may delete the file.
pub(super) fn check_file_delete(call: &Call<'_>, id: i64) -> Result<(), Failure> {
    let found = call.portal.rooms.room_with_file(id);
    let (room, file) = found.ok_or(Failure::Thrown(Exception::FileNotFound, Message::FileNotFound))?;
    check_delete(call, room, file.created_by)
}

fn check_delete(call: &Call<'_>, room: &Room, created_by: uuid::Uuid) -> Result<(), Failure> {
    let in_own_trash = room.area == Area::Trash && call.permissions(room).creator;
    if in_own_trash || may_change(call, room, created_by) { Ok(()) } else { Err(Failure::denied()) }
}

/// Removes earlier versions of a file.
fn delete_versions(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.Core.ApiModels.RequestDto.DeleteVersionBatchRequestDto";
    let mut form = call.form("", dto)?;
    let id = form.int("fileId").unwrap_or_default();
    let versions = ids(&mut form, "versions");
    let keep_record = !form.boolean("deleteAfter").unwrap_or(false);
    let single = form.boolean("returnSingleOperation").unwrap_or(false);
    form.required(&["versions"], dto);
    form.finish()?;
    check_file_delete(call, id)?;
    let me = call.me();
    let room = call.portal.rooms.room_with_file(id).map(|(room, _)| room.id);
    if let Some(room) = room.and_then(|id| call.portal.rooms.around_mut(id)) {
        // The space of the removed versions still counts as used (recording content/files, step 296).
        room.delete_for_good(|room| {
            for file in room.files.iter_mut().filter(|file| file.id == id) {
                file.earlier.retain(|one| !versions.contains(&one.version));
            }
        });
    }
    for version in &versions {
        call.portal.record_removed_version(me, id, *version);
    }
    call.portal.happened(me, Trigger::FILE_UPDATED, Entity::File(id));
    // The operation only reports the versions, which are gone already.
    let batch = Batch { reported: versions.len(), ..Batch::default() };
    let started = call.portal.start_batch(OperationType::DELETE, batch, keep_record, me);
    Ok(reply(call, OperationType::DELETE, Some(started), single))
}

/// Copies entries beside themselves. The rights in folders and rooms are checked when the operation
/// runs.
fn duplicate(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let order = Order::read(call, "ASC.Files.Core.ApiModels.RequestDto.DuplicateRequestDto")?;
    for id in &order.batch.files {
        let (room, _) = call.portal.rooms.room_with_file(*id).ok_or_else(Failure::null_reference)?;
        if !call.permissions(room).can_write(room) {
            return Err(Failure::denied());
        }
    }
    Ok(order.start(call, OperationType::DUPLICATE))
}

/// Deletes everything in the trash of the caller.
fn empty_trash(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let single = call.query.boolean("Single").unwrap_or(false);
    call.query.finish()?;
    let me = call.me();
    let mut batch = Batch { immediately: true, ..Batch::default() };
    if let Some(trash) = call.portal.rooms.own(Area::Trash, me) {
        batch.folders = trash.folders.iter().filter(|one| one.parent == trash.id).map(|one| one.id).collect();
        batch.files = trash.files.iter().filter(|one| one.parent == trash.id).map(|one| one.id).collect();
    }
    let order = Order { batch, target: None, keep_record: true, single };
    Ok(order.start(call, OperationType::DELETE))
}

/// Takes the marks of new files away. Missing ids are accepted.
fn mark_as_read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let order = Order::read(call, "ASC.Files.Core.ApiModels.RequestDto.BaseBatchRequestDto")?;
    Ok(order.start(call, OperationType::MARK_AS_READ))
}
