//! Visitors with a link's key: what the key opens, its password, what it lets them see (portal-facts 2.7).

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

/// What a key opens; ids are strings here, whatever they are elsewhere.
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
    let asked = call.query.text("folderId");
    if asked.as_deref().is_some_and(|id| id.parse::<i32>().is_err()) {
        return Err(Failure::no_selector(""));
    }
    let found = call.portal.rooms.by_key(&key).map(|(room, link)| {
        (room.id, link.id, visitor::status(call.portal, call.request, call.caller.person, room, link))
    });
    Ok(answer(call, found, asked.as_deref()))
}

fn password(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("ExternalShare", "ASC.Files.Core.ApiModels.RequestDto.ExternalShareRequest")?;
    let given = form.text("password", None).unwrap_or_default();
    form.done()?;
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

fn answer(call: &mut Call<'_>, found: Option<(i64, Uuid, LinkKeyStatus)>, asked: Option<&str>) -> Reply {
    let me = call.caller.person;
    let mut view =
        ExternalShare { status: LinkKeyStatus::INVALID, is_authenticated: me.is_some(), ..ExternalShare::default() };
    let Some((id, link, status)) = found else { return Reply::one(&view) };
    view.status = status;
    let Some(room) = call.portal.rooms.get(id) else { return Reply::one(&view) };
    let standing = call.portal.standing(room, me, None);
    // A key of an archived room still tells which room it is.
    if matches!(status, LinkKeyStatus::OK | LinkKeyStatus::PASSWORD_REQUIRED | LinkKeyStatus::INVALID) {
        view.id = Some(id.to_string());
        view.title = Some(room.title.clone());
        view.kind = Some(EntryType::FOLDER);
        view.is_room = Some(true);
    }
    if status != LinkKeyStatus::OK {
        return Reply::one(&view);
    }
    let insider = standing.is_member() || standing.admin;
    let locked = room.link(link).is_some_and(|link| link.password.is_some());
    view.tenant_id = 1;
    view.is_room_member = standing.personal;
    // Whoever belongs to the room needs no password, and is told no link [L].
    view.link_id = if insider && locked { Uuid::nil() } else { link };
    if asked == Some(id.to_string().as_str()) {
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
    if !insider {
        // From now on the room is in the visitor's own list (portal-facts 2.7).
        if let Some(room) =
            call.portal.rooms.get_mut(id).filter(|room| !room.visitors.iter().any(|(who, _)| *who == me))
        {
            room.visitors.push((me, link));
        }
    }
    Reply::one(&view)
}
