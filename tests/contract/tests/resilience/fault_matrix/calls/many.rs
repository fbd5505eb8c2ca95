//! Bulk calls, here with one room. That rooms of a bulk call do not affect each other is tested
//! elsewhere.

use docspace::rooms::Bulk;
use docspace::{ErrorKind, Result};
use futures::FutureExt;

use super::Call;

pub(super) const MANY: &[Call] = &[
    call!("ManyRooms::archive", "PUT /files/rooms/*/archive", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).archive()).await
    }),
    call!("ManyRooms::restore", "PUT /files/rooms/*/unarchive", |s| {
        only(s.portal.rooms().many([&s.fixture.archived]).restore()).await
    }),
    call!("ManyRooms::delete", "DELETE /files/rooms/*", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).delete()).await
    })
    .never_retried(),
    call!("Templates::delete_many", "DELETE /files/rooms/*", |s| {
        only(s.portal.templates().delete_many([&s.fixture.template])).await
    })
    .never_retried(),
    call!("Bulk::without_waiting", "PUT /files/rooms/*/archive", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).archive().without_waiting()).await
    }),
    call!("ManyRooms::edit", "PUT /files/rooms/*", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).edit(|room| room.quota(7))).await
    }),
    call!("ManyRooms::add_tags", "PUT /files/rooms/*/tags", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).add_tags(["new"])).await
    }),
    call!("ManyRooms::remove_tags", "DELETE /files/rooms/*/tags", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).remove_tags(["Audit"])).await
    }),
    call!("ManyRooms::set_quota", "PUT /files/rooms/roomquota", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).set_quota(1)).await
    }),
    call!("ManyRooms::remove_quota", "PUT /files/rooms/roomquota", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).remove_quota()).await
    }),
    call!("ManyRooms::reset_quota", "PUT /files/rooms/resetquota", |s| {
        only(s.portal.rooms().many([&s.fixture.room]).reset_quota()).await
    }),
];

/// The result for the only room.
async fn only<T: 'static>(bulk: Bulk<T>) -> Result<()> {
    let outcomes = bulk.finish().await;
    assert_eq!(outcomes.done.len() + outcomes.failed.len(), 1);
    outcomes.failed.into_iter().next().map_or(Ok(()), |(_, error)| Err(error))
}
