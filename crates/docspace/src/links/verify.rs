//! Checks that a link became what was requested.
//!
//! A portal answers with status 200 to options that it ignores: an expiry that has passed by its
//! own clock, an expiry that a primary link cannot have, and all options of a call that would make
//! the link of a public room internal (docs/portal/links.md#updating-a-link). A link without its
//! expiry or its password is open to more people than intended, so such a difference is always an
//! error.

use docspace_api::types::{RoomLink, SetRoomLinkRequest};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::support::input;

/// Returns the link if it is what was requested.
pub(super) fn check(call: &Call, requested: &SetRoomLinkRequest, link: RoomLink) -> Result<RoomLink> {
    let different = differences(requested, &link);
    if different.is_empty() {
        return Ok(link);
    }
    let reason = format!("the portal reported success, but the link has a different {}", different.join(" and "));
    Err(Error::new(ErrorKind::NotDone, reason)
        .of(call)
        .advise(format!("check the link {}, and revoke it if it gives too much access", link.id().0)))
}

fn differences(requested: &SetRoomLinkRequest, link: &RoomLink) -> Vec<&'static str> {
    let details = &link.shared_link;
    let mut different = Vec::new();
    let mut compare = |option, same: bool| {
        if !same {
            different.push(option);
        }
    };
    // The portal trims passwords, keeps dates to the second, and replaces characters that the title
    // of a room cannot have.
    let same_date = match (requested.expiration_date, details.expiration_date) {
        (Some(requested), Some(kept)) => (requested.to_utc() - kept.to_utc()).num_milliseconds().abs() <= 1000,
        (requested, kept) => requested == kept,
    };
    let trimmed =
        |password: Option<&docspace_api::Secret>| password.map(|password| password.expose().trim().to_owned());
    compare("access", link.access == requested.access);
    compare("title", requested.title.as_deref().is_none_or(|title| input::same_title(&details.title, title)));
    compare("expiry", same_date);
    compare("password", trimmed(requested.password.as_ref()) == trimmed(details.password.as_ref()));
    compare("limit on uses", requested.max_use_count == details.max_use_count);
    if !link.is_invitation() {
        compare(
            "restriction to people with an account",
            requested.internal.is_none_or(|internal| internal == details.internal),
        );
        compare("download permission", requested.deny_download.is_none_or(|denied| denied == details.deny_download));
    }
    different
}
