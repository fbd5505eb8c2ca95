//! Room groups.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const GROUPS: &[Call] = &[
    call!("Groups::list", "GET /files/group", |s| s.portal.groups().list().await).accepts_missing_response(),
    call!("Groups::get", "GET /files/group/*", |s| s.portal.groups().get(s.fixture.group).await),
    call!("Groups::create", "POST /files/group", |s| {
        s.portal.groups().create("new", &s.fixture.cover, [s.fixture.room.id.clone()]).await
    })
    .never_retried(),
    call!("Groups::rename", "PUT /files/group/*", |s| s.portal.groups().rename(s.fixture.group, "other").await),
    call!("Groups::add", "PUT /files/group/*", |s| {
        s.portal.groups().add(s.fixture.group, [s.fixture.public.id.clone()]).await
    }),
    call!("Groups::remove", "PUT /files/group/*", |s| {
        s.portal.groups().remove(s.fixture.group, [s.fixture.public.id.clone()]).await
    }),
    call!("Groups::set_icon", "POST /files/group/*/icon", |s| {
        s.portal.groups().set_icon(s.fixture.group, &s.fixture.cover).await
    }),
    call!("Groups::delete", "DELETE /files/group/*", |s| s.portal.groups().delete(s.fixture.group).await)
        .accepts_missing_response(),
];
