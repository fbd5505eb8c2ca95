//! Calls with the key of a link: checking the key, and sending the link's password
//! (docs/portal/links.md#checking-a-key).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, public};
use crate::auth::visitor;
use crate::state::entries::{EntryId, EntryType};
use crate::state::links::{Link, LinkKeyStatus};
use crate::state::rooms::Room;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] =
    &[public("GET", "files/share/{key}", read), public("POST", "files/share/{key}/password", password)];

/// The status of a key and the room that it opens. Ids are strings in this answer.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct ExternalShare {
    status: LinkKeyStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<EntryType>,
    tenant_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_type: Option<EntryType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_room: Option<bool>,
    shared: bool,
    link_id: Uuid,
    is_authenticated: bool,
    is_room_member: bool,
}

/// What a key opens.
struct Opened {
    room: i64,
    /// The folder or file inside the room, if the key is that of its link.
    entry: Option<EntryId>,
    link: Link,
    status: LinkKeyStatus,
}

/// What the key in the path opens, if it is known.
fn opened(call: &Call<'_>) -> Option<Opened> {
    let key = call.parameter("key");
    let (portal, request, me) = (&*call.portal, call.request, call.caller.person);
    if let Some((room, link)) = portal.rooms.by_key(key) {
        let status = visitor::status(portal, request, me, room, link);
        return Some(Opened { room: room.id, entry: None, link: link.clone(), status });
    }
    let one = portal.entry_links.by_key(key)?;
    let room = portal.rooms.room_with(one.entry)?;
    let status = visitor::entry_status(portal, request, me, room, &one.link);
    Some(Opened { room: room.id, entry: Some(one.entry), link: one.link.clone(), status })
}

/// The entry in the query, which the answer names if the key opens it.
fn asked_entry(call: &Call<'_>) -> Result<Option<EntryId>, Failure> {
    let id = |name: &str| match call.query.text(name) {
        Some(text) => text.parse::<i32>().map(|id| Some(id.into())).map_err(|_| Failure::selector_not_found("")),
        None => Ok(None),
    };
    let (folder, file) = (id("folderId")?, id("fileId")?);
    Ok(folder.map(EntryId::folder).or(file.map(EntryId::file)))
}

fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let asked = asked_entry(call)?;
    let opened = opened(call);
    Ok(answer(call, opened, asked))
}

fn password(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("ExternalShare", "ASC.Files.Core.ApiModels.RequestDto.ExternalShareRequest")?;
    let given = form.text("password", None).unwrap_or_default();
    form.finish()?;
    let now = call.portal.now();
    let attempt = format!("{} {}", call.parameter("key"), call.request.remote);
    if call.portal.credentials.link_passwords.is_blocked(&attempt, now) {
        return Err(Failure::Thrown(Exception::BruteForce, Message::TooManyPasswords));
    }
    let Some(opened) = opened(call) else { return Ok(answer(call, None, None)) };
    if opened.status != LinkKeyStatus::PASSWORD_REQUIRED {
        return Ok(answer(call, Some(opened), None));
    }
    if opened.link.password.as_deref() != Some(given.as_str()) {
        call.portal.credentials.link_passwords.failed(&attempt, now);
        return Ok(answer(call, Some(Opened { status: LinkKeyStatus::WRONG_PASSWORD, ..opened }), None));
    }
    call.portal.credentials.link_passwords.succeeded(&attempt);
    let unlocked = format!(
        "{}={}; path=/; samesite=lax; httponly",
        visitor::unlock_cookie(&opened.link),
        visitor::proof(&opened.link)
    );
    Ok(answer(call, Some(Opened { status: LinkKeyStatus::OK, ..opened }), None).cookie(unlocked))
}

/// The title of an entry of a room, or of the room.
fn title_of(room: &Room, entry: EntryId) -> Option<String> {
    match entry.kind {
        EntryType::FILE => room.files.iter().find(|file| file.id == entry.id).map(|file| file.title.clone()),
        _ if entry.id == room.id => Some(room.title.clone()),
        _ => room.folder(entry.id).map(|folder| folder.title.clone()),
    }
}

fn answer(call: &mut Call<'_>, opened: Option<Opened>, asked: Option<EntryId>) -> Reply {
    let me = call.caller.person;
    let mut view =
        ExternalShare { status: LinkKeyStatus::INVALID, is_authenticated: me.is_some(), ..ExternalShare::default() };
    let Some(Opened { room: id, entry, link, status }) = opened else { return Reply::one(&view) };
    view.status = status;
    let Some(room) = call.portal.rooms.get(id) else { return Reply::one(&view) };
    let permissions = call.portal.permissions(room, me, None);
    let shared = entry.unwrap_or(EntryId::folder(id));
    // The answer for a key of an archived room still contains the room.
    if matches!(status, LinkKeyStatus::OK | LinkKeyStatus::PASSWORD_REQUIRED | LinkKeyStatus::INVALID) {
        view.id = Some(shared.id.to_string());
        view.title = title_of(room, shared);
        view.kind = Some(shared.kind);
        view.is_room = (shared.kind == EntryType::FOLDER).then_some(entry.is_none());
    }
    // The answer names the asked entry if the link opens it. The link of a file opens nothing else.
    let below = |asked: &EntryId| entry.is_none() || room.entry_and_parents(*asked).contains(&shared);
    let names_entry = match entry {
        None => status == LinkKeyStatus::OK,
        Some(_) => matches!(status, LinkKeyStatus::OK | LinkKeyStatus::PASSWORD_REQUIRED),
    };
    let asked = asked.filter(|_| names_entry && shared.kind == EntryType::FOLDER).filter(below);
    if let Some((asked, title)) = asked.and_then(|asked| Some((asked, title_of(room, asked)?))) {
        view.entity_id = Some(asked.id.to_string());
        view.entity_title = Some(title);
        view.entity_type = Some(asked.kind);
    }
    if status != LinkKeyStatus::OK {
        return Reply::one(&view);
    }
    let belongs_to_room = permissions.is_member() || permissions.admin;
    view.tenant_id = 1;
    view.is_room_member = permissions.personal;
    // Members and admins need no password for a room, and do not get the id of a link with a
    // password (docs/portal/links.md#checking-a-key).
    let hidden = entry.is_none() && belongs_to_room && link.password.is_some();
    view.link_id = if hidden { Uuid::nil() } else { link.id };
    let Some(me) = me else {
        let reply = Reply::one(&view);
        if call.request.cookie("anonymous_session_key").is_some() {
            return reply;
        }
        let session = call.portal.ids.hex(32);
        return reply.cookie(format!("anonymous_session_key={session}; path=/; samesite=lax; httponly"));
    };
    view.shared = true;
    if belongs_to_room {
        return Reply::one(&view);
    }
    // From now on the caller needs no key, and the caller's lists contain the room
    // (docs/portal/links.md#checking-a-key).
    let now = call.portal.now();
    if entry.is_some() {
        call.portal.entry_links.visit(me, link.id, now);
    } else if let Some(room) =
        call.portal.rooms.get_mut(id).filter(|room| !room.visitors.iter().any(|(person, _)| *person == me))
    {
        room.visitors.push((me, link.id));
    }
    Reply::one(&view)
}
