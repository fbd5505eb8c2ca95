//! The keys of links: whether a key is valid for a caller (docs/portal/links.md#checking-a-key).

use base64::Engine as _;
use uuid::Uuid;

use crate::http::Request;
use crate::portal::Portal;
use crate::state::entries::EntryType;
use crate::state::entry_links::EntryLink;
use crate::state::links::{Link, LinkKeyStatus};
use crate::state::rooms::{Area, Room};
use crate::wire::query::Query;

/// The name of the cookie that proves that the caller sent the link's password.
pub(crate) fn unlock_cookie(link: &Link) -> String {
    format!("sharelink{}", link.id)
}

/// The status of a link's key for this caller.
pub(crate) fn status(
    portal: &Portal,
    request: &Request,
    person: Option<Uuid>,
    room: &Room,
    link: &Link,
) -> LinkKeyStatus {
    let permissions = portal.permissions(room, person, None);
    let knows_password = permissions.is_member() || permissions.admin;
    status_for(portal, request, person, room, link, knows_password)
}

/// The status of the key of a folder's or file's link for this caller. Members of the room need the
/// password, too (recording links/folders-and-files).
pub(crate) fn entry_status(
    portal: &Portal,
    request: &Request,
    person: Option<Uuid>,
    room: &Room,
    link: &Link,
) -> LinkKeyStatus {
    status_for(portal, request, person, room, link, false)
}

fn status_for(
    portal: &Portal,
    request: &Request,
    person: Option<Uuid>,
    room: &Room,
    link: &Link,
    knows_password: bool,
) -> LinkKeyStatus {
    if room.area == Area::Archive && link.internal && person.is_none() {
        LinkKeyStatus::ACCOUNT_REQUIRED
    } else if room.area != Area::Active {
        LinkKeyStatus::INVALID
    } else if link.is_expired(portal.now()) {
        LinkKeyStatus::EXPIRED
    } else if link.internal && person.is_none() {
        LinkKeyStatus::ACCOUNT_REQUIRED
    } else if link.password.is_some() && !knows_password && !is_unlocked(request, link) {
        LinkKeyStatus::PASSWORD_REQUIRED
    } else {
        LinkKeyStatus::OK
    }
}

fn is_unlocked(request: &Request, link: &Link) -> bool {
    request.cookie(&unlock_cookie(link)) == Some(proof(link).as_str())
}

/// The value of the cookie. It is no longer valid when the password changes.
pub(crate) fn proof(link: &Link) -> String {
    let text = format!("{}:{}", link.id, link.password.as_deref().unwrap_or_default());
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

/// The key in a header or in the query.
fn sent_key(request: &Request, query: &Query) -> Option<String> {
    request.header_value("request-token").map(str::to_owned).or_else(|| query.text("share"))
}

/// The link whose key the request contains, if the key is valid.
pub(crate) fn presented(portal: &Portal, request: &Request, query: &Query, person: Option<Uuid>) -> Option<Uuid> {
    let key = sent_key(request, query)?;
    if let Some((room, link)) = portal.rooms.by_key(&key) {
        return (status(portal, request, person, room, link) == LinkKeyStatus::OK).then_some(link.id);
    }
    let one = portal.entry_links.by_key(&key)?;
    let room = portal.rooms.room_with(one.entry)?;
    (entry_status(portal, request, person, room, &one.link) == LinkKeyStatus::OK).then_some(one.link.id)
}

/// The link of a folder whose key the request contains, if its password was not sent yet.
pub(crate) fn locked_folder_link<'a>(portal: &'a Portal, request: &Request, query: &Query) -> Option<&'a EntryLink> {
    let one = portal.entry_links.by_key(&sent_key(request, query)?)?;
    let locked = one.link.password.is_some() && !is_unlocked(request, &one.link);
    (locked && one.entry.kind == EntryType::FOLDER).then_some(one)
}
