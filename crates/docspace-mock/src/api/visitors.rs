//! Visitors with a link's key: what the key opens, its password, what it lets them see (portal-facts 2.7).

use super::{Call, open};
use crate::state::links::Link;
use crate::state::rooms::{Area, Room};
use crate::wire::envelope::Reply;
use crate::wire::errors::{Fail, Kind};
use crate::wire::routing::Route;
use crate::wire::say::Say;
use serde::Serialize;
use uuid::Uuid;

pub(super) const ROUTES: &[Route] =
    &[open("GET", "files/share/{key}", read), open("POST", "files/share/{key}/password", password)];

const OK: i64 = 0;
const INVALID: i64 = 1;
const EXPIRED: i64 = 2;
const NEEDS_PASSWORD: i64 = 3;
const WRONG_PASSWORD: i64 = 4;
const INTERNAL: i64 = 5;

/// What a key opens; ids are strings here, whatever they are elsewhere.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct ExternalShare {
    status: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<i64>,
    tenant_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity_type: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_room: Option<bool>,
    shared: bool,
    link_id: Uuid,
    is_authenticated: bool,
    is_room_member: bool,
}

/// The cookie that shows that a link's password was given.
fn unlock_cookie(link: &Link) -> String {
    format!("sharelink{}", link.id)
}

/// How a link answers to this caller.
fn status(call: &Call<'_>, room: &Room, link: &Link) -> i64 {
    let standing = call.portal.standing(room, call.caller.person, None);
    if room.area != Area::Active {
        INVALID
    } else if link.is_expired(call.portal.now()) {
        EXPIRED
    } else if link.internal && call.caller.person.is_none() {
        INTERNAL
    } else if link.password.is_some() && !standing.is_member() && !standing.admin && !is_unlocked(call, link) {
        NEEDS_PASSWORD
    } else {
        OK
    }
}

fn is_unlocked(call: &Call<'_>, link: &Link) -> bool {
    call.request.cookie(&unlock_cookie(link)) == Some(proof(link).as_str())
}

/// What the cookie says: it is void when the password changes.
fn proof(link: &Link) -> String {
    use base64::Engine as _;
    let text = format!("{}:{}", link.id, link.password.as_deref().unwrap_or_default());
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

/// The link whose key a request carries, in a header or in the query, if it is good now.
pub(super) fn presented(call: &Call<'_>) -> Option<Uuid> {
    let key = call.request.header_value("request-token").map(str::to_owned).or_else(|| call.query.text("share"))?;
    let (room, link) = call.portal.rooms.by_key(&key)?;
    (status(call, room, link) == OK).then_some(link.id)
}

fn read(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let key = call.parameter("key").to_owned();
    let asked = call.query.text("folderId");
    if asked.as_deref().is_some_and(|id| id.parse::<i32>().is_err()) {
        return Err(Fail::no_selector(""));
    }
    let found = call.portal.rooms.by_key(&key).map(|(room, link)| (room.id, link.id, status(call, room, link)));
    Ok(answer(call, found, asked.as_deref()))
}

fn password(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("ExternalShare", "ASC.Files.Core.ApiModels.RequestDto.ExternalShareRequest")?;
    let given = form.text("password", None).unwrap_or_default();
    form.done()?;
    let key = call.parameter("key").to_owned();
    let now = call.portal.now();
    let attempt = format!("{key} {}", call.request.remote);
    if call.portal.credentials.link_passwords.is_blocked(&attempt, now) {
        return Err(Fail::Thrown(Kind::BruteForce, Say::TooManyPasswords));
    }
    let found = call.portal.rooms.by_key(&key).map(|(room, link)| (room.id, link.clone(), status(call, room, link)));
    let Some((room, link, status)) = found else { return Ok(answer(call, None, None)) };
    if status != NEEDS_PASSWORD {
        return Ok(answer(call, Some((room, link.id, status)), None));
    }
    if link.password.as_deref() != Some(given.as_str()) {
        call.portal.credentials.link_passwords.failed(&attempt, now);
        return Ok(answer(call, Some((room, link.id, WRONG_PASSWORD)), None));
    }
    call.portal.credentials.link_passwords.succeeded(&attempt);
    let unlocked = format!("{}={}; path=/; samesite=lax; httponly", unlock_cookie(&link), proof(&link));
    Ok(answer(call, Some((room, link.id, OK)), None).cookie(unlocked))
}

fn answer(call: &mut Call<'_>, found: Option<(i64, Uuid, i64)>, asked: Option<&str>) -> Reply {
    let me = call.caller.person;
    let mut view = ExternalShare { status: INVALID, is_authenticated: me.is_some(), ..ExternalShare::default() };
    let Some((id, link, status)) = found else { return Reply::one(&view) };
    view.status = status;
    let Some(room) = call.portal.rooms.get(id) else { return Reply::one(&view) };
    let standing = call.portal.standing(room, me, None);
    // A key of an archived room still tells which room it is.
    if matches!(status, OK | NEEDS_PASSWORD | INVALID) {
        view.id = Some(id.to_string());
        view.title = Some(room.title.clone());
        view.kind = Some(1);
        view.is_room = Some(true);
    }
    if status != OK {
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
        view.entity_type = Some(1);
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
