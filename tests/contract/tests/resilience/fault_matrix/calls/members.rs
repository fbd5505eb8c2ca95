//! Members of rooms.

use docspace::{Access, ErrorKind};
use futures::{FutureExt, TryStreamExt};

use super::Call;

pub(super) const MEMBERS: &[Call] = &[
    call!("Members::list", "GET /files/rooms/*/share", |s| s.portal.room(&s.fixture.room).members().list().await)
        .accepts_missing_response(),
    call!("Members::stream", "GET /files/rooms/*/share", |s| {
        s.portal.room(&s.fixture.room).members().stream().try_next().await
    })
    .accepts_missing_response(),
    call!("Members::people", "GET /files/rooms/*/share", |s| s.portal.room(&s.fixture.room).members().people().await)
        .accepts_missing_response(),
    call!("Members::groups", "GET /files/rooms/*/share", |s| s.portal.room(&s.fixture.room).members().groups().await)
        .accepts_missing_response(),
    call!("Members::total", "GET /files/rooms/*/share", |s| s.portal.room(&s.fixture.room).members().total().await)
        .accepts_missing_response(),
    call!("Members::get", "GET /files/rooms/*/share", |s| {
        s.portal.room(&s.fixture.public).members().get(s.fixture.ann).await
    })
    .fails_without_response(ErrorKind::NotFound),
    call!("SetMembers::check", "GET /files/rooms/*/share", |s| {
        s.portal.room(&s.fixture.room).members().set().give(s.fixture.ann, Access::Editing).check().await
    })
    .accepts_missing_response(),
    call!("SetMembers::preview", "GET /files/rooms/*/share", |s| {
        s.portal.room(&s.fixture.room).members().set().give(s.fixture.ann, Access::Editing).preview().await
    })
    .accepts_missing_response(),
    call!("SetMembers::send", "PUT /files/rooms/*/share", |s| {
        let members = s.portal.room(&s.fixture.room).members();
        members.set().give(s.fixture.ann, Access::Editing).send().await
    })
    .compares_answer(),
    call!("SetMembers::send (notify)", "PUT /files/rooms/*/share", |s| {
        let members = s.portal.room(&s.fixture.room).members();
        members.set().give(s.fixture.ann, Access::Editing).notify().send().await
    })
    .never_retried()
    .compares_answer(),
    call!("Members::add", "PUT /files/rooms/*/share", |s| {
        s.portal.room(&s.fixture.room).members().add(s.fixture.ann, Access::Editing).await
    })
    .compares_answer(),
    call!("Members::invite", "PUT /files/rooms/*/share", |s| {
        s.portal.room(&s.fixture.room).members().invite("new@example.com", Access::Editing).await
    })
    .compares_answer(),
    call!("SetMembers::send (replace)", "PUT /files/rooms/*/share", |s| {
        let members = s.portal.room(&s.fixture.public).members();
        members.replace([(s.fixture.people_group, Access::ContentCreator)]).send().await
    })
    .compares_answer(),
    call!("Members::remove", "PUT /files/rooms/*/share", |s| {
        s.portal.room(&s.fixture.public).members().remove(s.fixture.ann).await
    }),
    call!("Members::leave", "PUT /files/rooms/*/share", |s| {
        s.ann().room(&s.fixture.public).members().leave().await
    })
    .removes_own_access(),
    call!("Members::resend_invitations", "POST /files/rooms/*/resend", |s| {
        s.portal.room(&s.fixture.room).members().resend_invitations([s.fixture.ann]).await
    })
    .never_retried()
    .accepts_missing_response(),
    call!("Members::resend_all", "POST /files/rooms/*/resend", |s| {
        s.portal.room(&s.fixture.room).members().resend_all().await
    })
    .never_retried()
    .accepts_missing_response(),
];
