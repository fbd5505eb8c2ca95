//! Rooms: creation, lists, reading, changes, archiving, and changes of the owner.

use docspace::{ErrorKind, RoomType};
use futures::{FutureExt, TryStreamExt};

use super::Call;

pub(super) const ROOMS: &[Call] = &[
    call!("CreateRoom::send", "POST /files/rooms", |s| {
        s.portal.rooms().create("new", RoomType::Custom).send().await
    })
    .never_retried()
    .finds_lost_creation(),
    call!("ListRooms::all", "GET /files/rooms", |s| s.portal.rooms().list().all().await),
    call!("ListRooms::stream", "GET /files/rooms", |s| s.portal.rooms().list().stream().try_next().await),
    call!("ListRooms::total", "GET /files/rooms", |s| s.portal.rooms().list().total().await),
    call!("ListRooms::find", "GET /files/rooms", |s| s.portal.rooms().list().archived().find("archived").await),
    call!("Rooms::find", "GET /files/rooms", |s| s.portal.rooms().find("room").await),
    call!("Rooms::news", "GET /files/rooms/news", |s| s.portal.rooms().news().await).accepts_missing_response(),
    call!("RoomHandle::news", "GET /files/rooms/*/news", |s| s.portal.room(&s.fixture.room).news().await)
        .accepts_missing_response(),
    call!("RoomHandle::content", "GET /files/*", |s| {
        s.portal.room(&s.fixture.room).content().try_collect::<Vec<_>>().await
    }),
    call!("Portal::folder_content", "GET /files/*", |s| {
        s.portal.folder_content(s.fixture.room.id.clone()).try_collect::<Vec<_>>().await
    }),
    call!("RoomHandle::get", "GET /files/rooms/*", |s| s.portal.room(&s.fixture.room).get().await),
    call!("EditRoom::send", "PUT /files/rooms/*", |s| s.portal.room(&s.fixture.room).edit().quota(7).send().await),
    call!("RoomHandle::rename", "PUT /files/rooms/*", |s| s.portal.room(&s.fixture.room).rename("other").await),
    call!("RoomHandle::pin", "PUT /files/rooms/*/pin", |s| s.portal.room(&s.fixture.room).pin().await),
    call!("RoomHandle::unpin", "PUT /files/rooms/*/unpin", |s| s.portal.room(&s.fixture.room).unpin().await),
    call!("RoomHandle::reorder", "PUT /files/rooms/*/reorder", |s| s.portal.room(&s.fixture.room).reorder().await),
    call!("RoomHandle::archive", "PUT /files/rooms/*/archive", |s| s.portal.room(&s.fixture.room).archive().await),
    call!("RoomHandle::restore", "PUT /files/rooms/*/unarchive", |s| {
        s.portal.room(&s.fixture.archived).restore().await
    }),
    call!("RoomHandle::delete", "DELETE /files/rooms/*", |s| s.portal.room(&s.fixture.room).delete().await)
        .never_retried(),
    call!("RoomHandle::delete: read", "GET /files/rooms/*", |s| s.portal.room(&s.fixture.room).delete().await),
    call!("RoomHandle::change_owner", "POST /files/owner", |s| {
        s.portal.room(&s.fixture.room).change_owner(s.fixture.ann).await
    })
    .never_retried()
    .fails_without_response(ErrorKind::NotDone)
    .compares_answer(),
    call!("RoomHandle::set_quota", "PUT /files/rooms/roomquota", |s| s.portal.room(&s.fixture.room).set_quota(1).await),
    call!("RoomHandle::remove_quota", "PUT /files/rooms/roomquota", |s| {
        s.portal.room(&s.fixture.room).remove_quota().await
    }),
    call!("RoomHandle::reset_quota", "PUT /files/rooms/resetquota", |s| {
        s.portal.room(&s.fixture.room).reset_quota().await
    }),
    call!("RoomHandle::add_tags", "PUT /files/rooms/*/tags", |s| {
        s.portal.room(&s.fixture.room).add_tags(["new"]).await
    }),
    call!("RoomHandle::remove_tags", "DELETE /files/rooms/*/tags", |s| {
        s.portal.room(&s.fixture.room).remove_tags(["Audit"]).await
    }),
];
