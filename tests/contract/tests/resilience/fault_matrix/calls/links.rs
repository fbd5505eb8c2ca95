//! The links of rooms.

use docspace::{Access, ErrorKind};
use futures::FutureExt;

use super::Call;

pub(super) const LINKS: &[Call] = &[
    call!("Links::list", "GET /files/rooms/*/links", |s| s.portal.room(&s.world.room).links().list().await)
        .may_be_empty(),
    // Without links there is not the one that is meant.
    call!("Links::get", "GET /files/rooms/*/links", |s| s.portal.room(&s.world.room).links().get(s.world.link).await)
        .when_silent(ErrorKind::NotFound),
    call!("Links::primary", "GET /files/rooms/*/link", |s| s.portal.room(&s.world.room).links().primary().await),
    call!("CreateLink::send", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().create(Access::Read).send().await
    })
    .compares(),
    call!("CreateInvitation::send", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().invite(Access::Read).send().await
    })
    .compares(),
    call!("UpdateLink::send", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().update(s.world.link).title("other").send().await
    })
    .compares(),
    // All of the link is sent back, and this portal does not know its access either.
    call!("UpdateLink::send: look", "GET /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().update(s.world.link).title("other").send().await
    })
    .when_silent(ErrorKind::NotFound)
    .when_strange(ErrorKind::Forbidden),
    // It says no more than this when it is done; whether it is is looked at.
    call!("Links::revoke", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().revoke(s.world.link).await
    })
    .checks_what_it_removed()
    .when_silent(ErrorKind::Operation),
    call!("Links::revoke (primary)", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.public).links().revoke(s.world.primary).await
    })
    .checks_what_it_removed()
    .when_silent(ErrorKind::Operation)
    .compares(),
];
