//! The primary link of a room.

use contract::target::Target;
use docspace::RoomType;
use docspace_mock::Fault;
use futures::future::join_all;

use super::links;
use crate::fixture::titled_room;

#[tokio::test]
async fn a_custom_room_gets_its_primary_link_when_it_is_asked_for() {
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

/// Of several that ask for the first time at once a portal refuses some, although the link is made.
#[tokio::test]
async fn everybody_who_asks_for_the_primary_link_gets_it() {
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
