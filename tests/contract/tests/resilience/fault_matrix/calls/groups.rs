//! Room groups.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const GROUPS: &[Call] = &[
    call!("RoomGroups::list", "GET /files/group", |s| s.portal.room_groups().list().await).accepts_missing_response(),
    call!("RoomGroups::get", "GET /files/group/*", |s| s.portal.room_groups().get(s.fixture.group).await),
    call!("RoomGroups::create", "POST /files/group", |s| {
        s.portal.room_groups().create("new", &s.fixture.cover, [s.fixture.room.id.clone()]).await
    })
    .never_retried(),
    call!("RoomGroups::rename", "PUT /files/group/*", |s| s
        .portal
        .room_groups()
        .rename(s.fixture.group, "other")
        .await),
    call!("RoomGroups::add", "PUT /files/group/*", |s| {
        s.portal.room_groups().add(s.fixture.group, [s.fixture.public.id.clone()]).await
    }),
    call!("RoomGroups::remove", "PUT /files/group/*", |s| {
        s.portal.room_groups().remove(s.fixture.group, [s.fixture.public.id.clone()]).await
    }),
    call!("RoomGroups::set_icon", "POST /files/group/*/icon", |s| {
        s.portal.room_groups().set_icon(s.fixture.group, &s.fixture.cover).await
    }),
    call!("RoomGroups::delete", "DELETE /files/group/*", |s| s.portal.room_groups().delete(s.fixture.group).await)
        .accepts_missing_response(),
];
