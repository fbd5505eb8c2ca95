//! Whether a link became what was asked for.
//!
//! A portal answers 200 to options that it drops: an expiry that has passed by its own clock, one that a primary link
//! cannot have, and everything else of a call that would make a public room's link internal (portal-facts 7.2). A link
//! without its expiry or its password is open to more people than was meant, so that is never passed over.

use docspace_api::types::{RoomLink, SetRoomLinkRequest};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::support::input;

/// The link, if it is what was asked for.
pub(super) fn check(call: &Call, asked: &SetRoomLinkRequest, link: RoomLink) -> Result<RoomLink> {
    let wrong = differences(asked, &link);
    if wrong.is_empty() {
        return Ok(link);
    }
    let reason = format!("the portal answered, but the link has another {} than was asked for", wrong.join(" and "));
    Err(Error::new(ErrorKind::NotDone, reason)
        .of(call)
        .advise(format!("look at the link {}, and revoke it if it opens too much", link.id().0)))
}

fn differences(asked: &SetRoomLinkRequest, link: &RoomLink) -> Vec<&'static str> {
    let details = &link.shared_link;
    let mut wrong = Vec::new();
    let mut hold = |what, same: bool| {
        if !same {
            wrong.push(what);
        }
    };
    // Passwords are trimmed, dates are kept to the second, and titles may lose what no title of a room can have.
    let same_date = match (asked.expiration_date, details.expiration_date) {
        (Some(asked), Some(kept)) => (asked.to_utc() - kept.to_utc()).num_milliseconds().abs() <= 1000,
        (asked, kept) => asked == kept,
    };
    let trimmed =
        |password: Option<&docspace_api::Secret>| password.map(|password| password.expose().trim().to_owned());
    hold("access", link.access == asked.access);
    hold("title", asked.title.as_deref().is_none_or(|title| input::same_title(&details.title, title)));
    hold("expiry", same_date);
    hold("password", trimmed(asked.password.as_ref()) == trimmed(details.password.as_ref()));
    hold("limit of uses", asked.max_use_count == details.max_use_count);
    if !link.is_invitation() {
        hold("circle of users", asked.internal.is_none_or(|internal| internal == details.internal));
        hold("right to download", asked.deny_download.is_none_or(|denied| denied == details.deny_download));
    }
    wrong
}
