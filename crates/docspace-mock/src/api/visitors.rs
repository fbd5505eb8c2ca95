//! Calls with the key of a link: checking the key, and sending the link's password
//! (docs/portal/links.md#checking-a-key).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, public};
use crate::auth::visitor;
use crate::state::entries::EntryType;
use crate::state::links::LinkKeyStatus;
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

fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let key = call.parameter("key").to_owned();
    let folder_id = call.query.text("folderId");
    if folder_id.as_deref().is_some_and(|id| id.parse::<i32>().is_err()) {
        return Err(Failure::selector_not_found(""));
    }
    let found = call.portal.rooms.by_key(&key).map(|(room, link)| {
        (room.id, link.id, visitor::status(call.portal, call.request, call.caller.person, room, link))
    });
    Ok(answer(call, found, folder_id.as_deref()))
}

fn password(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("ExternalShare", "ASC.Files.Core.ApiModels.RequestDto.ExternalShareRequest")?;
    let given = form.text("password", None).unwrap_or_default();
    form.finish()?;
    let key = call.parameter("key").to_owned();
    let now = call.portal.now();
    let attempt = format!("{key} {}", call.request.remote);
    if call.portal.credentials.link_passwords.is_blocked(&attempt, now) {
        return Err(Failure::Thrown(Exception::BruteForce, Message::TooManyPasswords));
    }
    let found = call.portal.rooms.by_key(&key).map(|(room, link)| {
        (room.id, link.clone(), visitor::status(call.portal, call.request, call.caller.person, room, link))
    });
    let Some((room, link, status)) = found else { return Ok(answer(call, None, None)) };
    if status != LinkKeyStatus::PASSWORD_REQUIRED {
        return Ok(answer(call, Some((room, link.id, status)), None));
    }
    if link.password.as_deref() != Some(given.as_str()) {
        call.portal.credentials.link_passwords.failed(&attempt, now);
        return Ok(answer(call, Some((room, link.id, LinkKeyStatus::WRONG_PASSWORD)), None));
    }
    call.portal.credentials.link_passwords.succeeded(&attempt);
    let unlocked =
        format!("{}={}; path=/; samesite=lax; httponly", visitor::unlock_cookie(&link), visitor::proof(&link));
    Ok(answer(call, Some((room, link.id, LinkKeyStatus::OK)), None).cookie(unlocked))
}

fn answer(call: &mut Call<'_>, found: Option<(i64, Uuid, LinkKeyStatus)>, folder_id: Option<&str>) -> Reply {
    let me = call.caller.person;
    let mut view =
        ExternalShare { status: LinkKeyStatus::INVALID, is_authenticated: me.is_some(), ..ExternalShare::default() };
    let Some((id, link, status)) = found else { return Reply::one(&view) };
    view.status = status;
    let Some(room) = call.portal.rooms.get(id) else { return Reply::one(&view) };
    let permissions = call.portal.permissions(room, me, None);
    // The answer for a key of an archived room still contains the room.
    if matches!(status, LinkKeyStatus::OK | LinkKeyStatus::PASSWORD_REQUIRED | LinkKeyStatus::INVALID) {
        view.id = Some(id.to_string());
        view.title = Some(room.title.clone());
        view.kind = Some(EntryType::FOLDER);
        view.is_room = Some(true);
    }
    if status != LinkKeyStatus::OK {
        return Reply::one(&view);
    }
    let belongs_to_room = permissions.is_member() || permissions.admin;
    let locked = room.link(link).is_some_and(|link| link.password.is_some());
    view.tenant_id = 1;
    view.is_room_member = permissions.personal;
    // Members and admins need no password, and do not get the id of a link with a password
    // (docs/portal/links.md#checking-a-key).
    view.link_id = if belongs_to_room && locked { Uuid::nil() } else { link };
    if folder_id == Some(id.to_string().as_str()) {
        view.entity_id = Some(id.to_string());
        view.entity_title = Some(room.title.clone());
        view.entity_type = Some(EntryType::FOLDER);
    }
    let Some(me) = me else {
        let reply = Reply::one(&view);
        if call.request.cookie("anonymous_session_key").is_some() {
            return reply;
        }
        let session = call.portal.ids.hex(32);
        return reply.cookie(format!("anonymous_session_key={session}; path=/; samesite=lax; httponly"));
    };
    view.shared = true;
    if !belongs_to_room {
        // From now on the caller's lists contain the room (docs/portal/links.md#checking-a-key).
        if let Some(room) =
            call.portal.rooms.get_mut(id).filter(|room| !room.visitors.iter().any(|(person, _)| *person == me))
        {
            room.visitors.push((me, link));
        }
    }
    Reply::one(&view)
}
