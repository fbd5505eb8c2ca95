//! Uploads in parts (docs/portal/folders-and-files.md#upload-sessions).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::api::call::Call;
use crate::api::contents::uploads::{self, NewFile};
use crate::api::contents::{file_of, may_write, views};
use crate::api::routing::{Route, route};
use crate::state::content::{File, SubFolder, uploaded_title};
use crate::state::entries::FolderType;
use crate::state::people::REMOVED_PERSON;
use crate::state::rooms::{Area, stored_title};
use crate::state::upload_sessions::UploadSession;
use crate::view::employee::employee;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::{dates, multipart};

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "files/{id}/session", create),
    route("POST", "files/{id}/upload/create_session", create_wrapped),
    route("POST", "files/{id}/session/{session}", upload_all),
    route("POST", "files/{id}/session/{session}/upload", upload_part),
    route("PUT", "files/{id}/session/{session}/finalize", finalize),
    route("DELETE", "files/{id}/session/{session}", abort),
];

/// The largest file that a portal takes.
const MAX_SIZE: i64 = 100 * 1024 * 1024 * 1024;

/// How long the portal keeps a session.
const LIFETIME: TimeDelta = TimeDelta::hours(12);

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&start(call)?))
}

fn create_wrapped(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&json!({"success": true, "data": start(call)?})))
}

/// Starts a session. The folders of a relative path are created.
fn start(call: &mut Call<'_>) -> Result<Value, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.SessionRequest";
    let mut form = call.form("Session", dto)?;
    let title = form.text("fileName", None);
    let size = form.number("fileSize").unwrap_or(0);
    let path = form.text("relativePath", None).unwrap_or_default();
    let creates = form.boolean("createNewIfExist").unwrap_or(false);
    form.required(&["fileName"], dto);
    form.finish()?;
    let mut folder = call.id()?;
    let title = title.ok_or_else(|| Failure::null_argument("title"))?;
    if title.is_empty() {
        return Err(Failure::empty_argument("title"));
    }
    let missing = Failure::Thrown(Exception::DirectoryNotFound, Message::FolderNotFound);
    let room = call.portal.rooms.around(folder).ok_or(missing)?;
    if !may_write(call, room) {
        return Err(Failure::denied());
    }
    if size > MAX_SIZE {
        let text = "The maximum file size is exceeded (100 GB).";
        return Err(Failure::Thrown(Exception::Quota, Message::plain(text)));
    }
    call.portal.check_quota(room, size)?;
    for name in path.split('/').filter(|name| !name.is_empty()) {
        folder = folder_titled(call, folder, name);
    }
    let now = call.portal.now();
    let id = call.portal.ids.hex(32);
    let session = UploadSession {
        folder,
        title: uploaded_title(&stored_title(&title)),
        size,
        uploaded: 0,
        created: now,
        replaces: !creates,
        file: None,
    };
    let room = call.portal.rooms.around(folder).map_or(folder, |room| room.id);
    let path = call.portal.rooms.get(room).map(|room| room.path_to(folder)).unwrap_or_default();
    let path: Vec<i64> =
        [Area::Active.root(), room].into_iter().chain(path.into_iter().map(|folder| folder.id)).collect();
    let view = view(call, &id, &session, &path, now);
    call.portal.upload_sessions.insert(id, session);
    Ok(view)
}

/// The folder with this title, which is created if it is missing.
fn folder_titled(call: &mut Call<'_>, parent: i64, title: &str) -> i64 {
    let title = stored_title(title);
    let known = call.portal.rooms.around(parent).and_then(|room| {
        room.folders.iter().find(|folder| folder.parent == parent && folder.title == title).map(|folder| folder.id)
    });
    if let Some(id) = known {
        return id;
    }
    let (id, now, me) = (call.portal.ids.folder(), call.portal.now(), call.me());
    if let Some(room) = call.portal.rooms.around_mut(parent) {
        room.add_folder(SubFolder::new(id, parent, title, now, me));
    }
    id
}

/// A session. The dates are in UTC in any zone.
fn view(call: &Call<'_>, id: &str, session: &UploadSession, path: &[i64], now: DateTime<Utc>) -> Value {
    let date = |at| format!("{}Z", dates::write_raw(at));
    json!({
        "id": id,
        "path": path,
        "created": date(session.created),
        "expired": date(now + LIFETIME),
        "location": format!("{}/ChunkedUploader.ashx?uid={id}", call.portal.base_url),
        "bytes_total": session.size,
    })
}

/// The session in the path.
fn session(call: &Call<'_>) -> Result<(String, UploadSession), Failure> {
    let id = call.parameter("session");
    let session = call.portal.upload_sessions.get(id).cloned().ok_or_else(Failure::null_reference)?;
    Ok((id.to_owned(), session))
}

/// Number of bytes in the request.
fn sent(call: &Call<'_>) -> i64 {
    let part = multipart::first_file(call.request);
    part.map_or(0, |part| i64::try_from(part.content.len()).unwrap_or(i64::MAX))
}

/// Uploads all bytes in one request. Sent again, they are a new version. A part of the bytes
/// completes nothing.
fn upload_all(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (id, mut session) = session(call)?;
    let sent = sent(call);
    if session.file.is_none() {
        session.uploaded += sent;
    }
    if session.uploaded < session.size {
        call.portal.upload_sessions.insert(id, session.clone());
        return Ok(Reply::one(&json!({
            "id": 0,
            "folderId": session.folder,
            "version": 1,
            "title": session.title,
            "uploaded": false,
            "file": unfinished_file(call, &session)?,
        })));
    }
    let file = store(call, &session);
    session.file = Some(file);
    call.portal.upload_sessions.insert(id, session);
    uploaded(call, file)
}

/// A file that is not complete, which has no id and no dates (recording content/files).
fn unfinished_file(call: &Call<'_>, session: &UploadSession) -> Result<Value, Failure> {
    let room = call.portal.rooms.around(session.folder).ok_or_else(Failure::null_reference)?;
    let file =
        File::new(0, session.folder, session.title.clone(), session.size, DateTime::<Utc>::MIN_UTC, REMOVED_PERSON);
    let mut view = views(call, room).file(&file);
    for name in ["created", "updated"] {
        view[name] = json!("0001-01-01T00:00:00.0000000Z");
    }
    for name in ["createdBy", "updatedBy"] {
        view[name] = json!(employee(call.portal, REMOVED_PERSON));
    }
    view["security"]["OpenForm"] = json!(true);
    view["rootFolderId"] = json!(0);
    view["rootFolderType"] = json!(FolderType::DEFAULT);
    if let Some(members) = view.as_object_mut() {
        members.remove("parentRoomType");
    }
    Ok(view)
}

/// Stores the file of a session, or a new version of it.
fn store(call: &mut Call<'_>, session: &UploadSession) -> i64 {
    let (now, me) = (call.portal.now(), call.me());
    if let Some(known) = session.file
        && let Some(file) = call.portal.rooms.file_mut(known)
    {
        file.add_version(session.size, "Uploaded", now, me);
        file.content = None;
        return known;
    }
    let new = NewFile {
        parent: session.folder,
        title: session.title.clone(),
        size: session.size,
        dimensions: None,
        is_blank: false,
        content: None,
    };
    let id = uploads::add(call, new, session.replaces);
    if let Some(file) = call.portal.rooms.file_mut(id) {
        file.comment = Some("Uploaded".into());
    }
    id
}

/// The answer about a complete upload.
fn uploaded(call: &Call<'_>, id: i64) -> Result<Reply, Failure> {
    let (room, file) = file_of(call, id)?;
    let view = json!({
        "id": id,
        "folderId": file.parent,
        "version": file.version,
        "title": file.title,
        "uploaded": true,
        "file": views(call, room).file(file),
    });
    Ok(Reply::one(&view).created())
}

/// Uploads a part. The answer names only the folder in the path.
fn upload_part(call: &mut Call<'_>) -> Result<Reply, Failure> {
    call.query.int("chunkNumber");
    call.query.finish()?;
    let (id, mut session) = session(call)?;
    session.uploaded += sent(call);
    let view = view(call, &id, &session, &[session.folder], call.portal.now());
    call.portal.upload_sessions.insert(id, session);
    Ok(Reply::one(&view))
}

/// Completes an upload. The file of the last part counts as a version of its own (recording
/// content/files).
fn finalize(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (id, mut session) = session(call)?;
    if session.uploaded < session.size {
        return Err(Failure::Thrown(Exception::Argument, Message::plain("uploadSize != bytesTotal")));
    }
    if let Some(file) = session.file {
        return uploaded(call, file);
    }
    session.file = Some(store(call, &session));
    let file = store(call, &session);
    call.portal.upload_sessions.insert(id, session);
    uploaded(call, file)
}

fn abort(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.parameter("session").to_owned();
    call.portal.upload_sessions.remove(&id);
    Ok(Reply::void())
}
