//! Changes of the folders and files in a room.

use serde_json::{Value, json};

use crate::api::call::Call;
use crate::portal::Portal;
use crate::portal::trail::{file_change, folder_change};
use crate::state::content::{File, SubFolder};
use crate::state::trail::Change;
use crate::state::trail::action::Action;
use crate::wire::envelope::Reply;

pub(super) fn new_folder(portal: &Portal, reply: &Reply) -> Vec<Change> {
    let id = reply.value()["id"].as_i64().unwrap_or_default();
    let Some(room) = portal.rooms.room_with_folder(id) else { return Vec::new() };
    room.folder(id).map(|folder| folder_change(Action::FOLDER_CREATED, room, folder, json!({}))).into_iter().collect()
}

pub(super) fn folder(portal: &Portal, before: Option<&SubFolder>) -> Vec<Change> {
    let Some(before) = before else { return Vec::new() };
    let Some(room) = portal.rooms.room_with_folder(before.id) else { return Vec::new() };
    let Some(folder) = room.folder(before.id).filter(|folder| folder.title != before.title) else { return Vec::new() };
    let titles = json!({"oldTitle": before.title, "newTitle": folder.title});
    vec![folder_change(Action::FOLDER_RENAMED, room, folder, titles)]
}

/// The files in an answer: one file, or a list of files.
fn files(reply: &Reply) -> Vec<Value> {
    match reply.value() {
        Value::Array(files) => files,
        file => vec![file],
    }
}

/// The id of a file in an answer. A finished upload in parts has it under another name.
fn id_of(file: &Value) -> i64 {
    file["id"].as_i64().or_else(|| file["data"]["id"].as_i64()).unwrap_or_default()
}

pub(super) fn new_file(portal: &Portal, action: Action, reply: &Reply) -> Vec<Change> {
    let found = files(reply).into_iter().filter_map(|file| portal.rooms.room_with_file(id_of(&file)));
    found.map(|(room, file)| file_change(portal, action, room, file, json!({}))).collect()
}

/// An upload of a new file, or of a new version.
pub(super) fn uploaded(portal: &Portal, reply: &Reply) -> Vec<Change> {
    let found = files(reply).into_iter().filter_map(|file| portal.rooms.room_with_file(id_of(&file)));
    found
        .map(|(room, file)| {
            let action = if file.version > 1 { Action::USER_FILE_UPDATED } else { Action::FILE_UPLOADED };
            file_change(portal, action, room, file, json!({}))
        })
        .collect()
}

/// A new title, new content or a lock of a file.
pub(super) fn file(portal: &Portal, before: Option<&File>) -> Vec<Change> {
    let Some(before) = before else { return Vec::new() };
    let Some((room, file)) = portal.rooms.room_with_file(before.id) else { return Vec::new() };
    let change = |action, details| file_change(portal, action, room, file, details);
    let mut all = Vec::new();
    if before.title != file.title {
        all.push(change(Action::FILE_RENAMED, json!({"oldTitle": before.title, "newTitle": file.title})));
    }
    if before.version != file.version {
        all.push(change(Action::USER_FILE_UPDATED, json!({})));
    }
    match (before.locked_by, file.locked_by) {
        (None, Some(_)) => all.push(change(Action::FILE_LOCKED, json!({}))),
        (Some(_), None) => all.push(change(Action::FILE_UNLOCKED, json!({}))),
        _ => {}
    }
    all
}

/// A restored version. The event names the number of the version in place of the title (recording
/// content/files, step 141).
pub(super) fn restored(call: &Call<'_>, id: i64) -> Vec<Change> {
    let version = call.query.text("version").unwrap_or_default();
    let found = call.portal.rooms.room_with_file(id);
    let change = |(room, file)| {
        file_change(call.portal, Action::USER_FILE_UPDATED, room, file, json!({"title": version})).words(&[&version])
    };
    found.map(change).into_iter().collect()
}
