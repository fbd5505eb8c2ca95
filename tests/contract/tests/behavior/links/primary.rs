//! The primary link of a room.

use contract::target::Target;
use docspace::RoomType;
use docspace_mock::Fault;
use futures::future::join_all;

use super::links;
use crate::fixture::titled_room;

#[tokio::test]
async fn custom_rooms_get_their_primary_link_with_the_first_request() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        assert!(links.list().await.unwrap().is_empty());
        let primary = links.primary().await.unwrap();
        assert!(primary.is_primary());
        assert_eq!(links.primary().await.unwrap().id(), primary.id());
        assert_eq!(links.list().await.unwrap().len(), 1);
    })
    .await;
}

/// If several callers request a new primary link at the same time, the portal refuses some of them,
/// although the link is created.
#[tokio::test]
async fn concurrent_requests_for_the_primary_link_all_succeed() {
    Target::run(async |target| {
        let links = target.portal().room(&titled_room(target, "room").await).links();
        let all = join_all((0..5).map(|_| links.primary())).await;
        let ids: Vec<_> = all.into_iter().map(|link| link.unwrap().id()).collect();
        assert_eq!(ids, [ids[0]; 5]);
    })
    .await;
    Target::on_mock(async |target, mock| {
        let links = target.portal().room(&titled_room(target, "room").await).links();
        mock.faults().next("GET /files/rooms/*/link", Fault::status(403).executed());
        assert!(links.primary().await.unwrap().is_primary());
        mock.faults().next("GET /files/rooms/*/link", Fault::status(403));
        let other = target.portal().room(&titled_room(target, "other").await).links();
        assert!(other.primary().await.unwrap_err().is_forbidden());
    })
    .await;
}
