//! The keys of links: whether a key is valid for a caller (docs/portal/links.md#checking-a-key).

use base64::Engine as _;
use uuid::Uuid;

use crate::http::Request;
use crate::portal::Portal;
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
    if room.area == Area::Archive && link.internal && person.is_none() {
        LinkKeyStatus::ACCOUNT_REQUIRED
    } else if room.area != Area::Active {
        LinkKeyStatus::INVALID
    } else if link.is_expired(portal.now()) {
        LinkKeyStatus::EXPIRED
    } else if link.internal && person.is_none() {
        LinkKeyStatus::ACCOUNT_REQUIRED
    } else if link.password.is_some() && !permissions.is_member() && !permissions.admin && !is_unlocked(request, link) {
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

/// The link whose key the request contains, in a header or in the query, if the key is valid.
pub(crate) fn presented(portal: &Portal, request: &Request, query: &Query, person: Option<Uuid>) -> Option<Uuid> {
    let key = request.header_value("request-token").map(str::to_owned).or_else(|| query.text("share"))?;
    let (room, link) = portal.rooms.by_key(&key)?;
    (status(portal, request, person, room, link) == LinkKeyStatus::OK).then_some(link.id)
}
