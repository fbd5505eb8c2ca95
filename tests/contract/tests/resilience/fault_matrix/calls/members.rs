//! The members of rooms.

use docspace::{Access, ErrorKind};
use futures::{FutureExt, TryStreamExt};

use super::Call;

pub(super) const MEMBERS: &[Call] = &[
    call!("Members::list", "GET /files/rooms/*/share", |s| s.portal.room(&s.world.room).members().list().await)
        .may_be_empty(),
    call!("Members::stream", "GET /files/rooms/*/share", |s| {
        s.portal.room(&s.world.room).members().stream().try_next().await
    })
    .may_be_empty(),
    call!("Members::people", "GET /files/rooms/*/share", |s| s.portal.room(&s.world.room).members().people().await)
        .may_be_empty(),
    call!("Members::groups", "GET /files/rooms/*/share", |s| s.portal.room(&s.world.room).members().groups().await)
        .may_be_empty(),
    call!("Members::total", "GET /files/rooms/*/share", |s| s.portal.room(&s.world.room).members().total().await)
        .may_be_empty(),
    call!("Members::get", "GET /files/rooms/*/share", |s| {
        s.portal.room(&s.world.public).members().get(s.world.ann).await
    })
    .when_silent(ErrorKind::NotFound),
    call!("SetMembers::send", "PUT /files/rooms/*/share", |s| {
        let members = s.portal.room(&s.world.room).members();
        members.set().give(s.world.ann, Access::Editing).known_only().send().await
    })
    .compares(),
    call!("SetMembers::send (notify)", "PUT /files/rooms/*/share", |s| {
        let members = s.portal.room(&s.world.room).members();
        members.set().give(s.world.ann, Access::Editing).notify().send().await
    })
    .once()
    .compares(),
    call!("Members::add", "PUT /files/rooms/*/share", |s| {
        s.portal.room(&s.world.room).members().add(s.world.ann, Access::Editing).await
    })
    .compares(),
    call!("Members::remove", "PUT /files/rooms/*/share", |s| {
        s.portal.room(&s.world.public).members().remove(s.world.ann).await
    }),
    call!("Members::leave", "PUT /files/rooms/*/share", |s| { s.ann().room(&s.world.public).members().leave().await })
        .is_over_when_done(),
    call!("Members::resend", "POST /files/rooms/*/resend", |s| {
        s.portal.room(&s.world.room).members().resend([s.world.ann]).await
    })
    .once()
    .may_be_empty(),
    call!("Members::resend_all", "POST /files/rooms/*/resend", |s| {
        s.portal.room(&s.world.room).members().resend_all().await
    })
    .once()
    .may_be_empty(),
];
