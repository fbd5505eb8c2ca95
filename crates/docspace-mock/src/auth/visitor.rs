//! Visitors with a link's key: what the key is good for now (portal-facts 2.7).

use base64::Engine as _;
use uuid::Uuid;

use crate::http::Request;
use crate::portal::Portal;
use crate::state::links::{Link, LinkKeyStatus};
use crate::state::rooms::{Area, Room};
use crate::wire::query::Query;

/// The cookie that shows that a link's password was given.
pub(crate) fn unlock_cookie(link: &Link) -> String {
    format!("sharelink{}", link.id)
}

/// How a link answers to this caller.
pub(crate) fn status(
    portal: &Portal,
    request: &Request,
    person: Option<Uuid>,
    room: &Room,
    link: &Link,
) -> LinkKeyStatus {
    let standing = portal.standing(room, person, None);
    if room.area != Area::Active {
        LinkKeyStatus::INVALID
    } else if link.is_expired(portal.now()) {
        LinkKeyStatus::EXPIRED
    } else if link.internal && person.is_none() {
        LinkKeyStatus::ACCOUNT_REQUIRED
    } else if link.password.is_some() && !standing.is_member() && !standing.admin && !is_unlocked(request, link) {
        LinkKeyStatus::PASSWORD_REQUIRED
    } else {
        LinkKeyStatus::OK
    }
}

fn is_unlocked(request: &Request, link: &Link) -> bool {
    request.cookie(&unlock_cookie(link)) == Some(proof(link).as_str())
}

/// What the cookie says: it is void when the password changes.
pub(crate) fn proof(link: &Link) -> String {
    let text = format!("{}:{}", link.id, link.password.as_deref().unwrap_or_default());
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

/// The link whose key a request carries, in a header or in the query, if it is good now.
pub(crate) fn presented(portal: &Portal, request: &Request, query: &Query, person: Option<Uuid>) -> Option<Uuid> {
    let key = request.header_value("request-token").map(str::to_owned).or_else(|| query.text("share"))?;
    let (room, link) = portal.rooms.by_key(&key)?;
    (status(portal, request, person, room, link) == LinkKeyStatus::OK).then_some(link.id)
}
