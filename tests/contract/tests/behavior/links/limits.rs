//! Limits on the number of links of a room. The portal answers 403 both at the limit and to callers
//! who are not allowed to create links, and gives the reason only in the language of the caller.

use contract::target::Target;
use docspace::{Access, ErrorKind, Portal, RoomType};
use docspace_mock::{Fault, MockPortal, Role};
use futures::future::join_all;

use super::links;
use crate::fixture::titled_room;

#[tokio::test]
async fn a_second_invitation_is_a_conflict() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        links.invite(Access::Read).title("For everybody").send().await.unwrap();
        let error = links.invite(Access::Read).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(403)));
        assert!(error.to_string().contains("`For everybody`"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_sixth_additional_link_is_a_conflict() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        for _ in 0..5 {
            links.create(Access::Read).send().await.unwrap();
        }
        // Links of other types do not count.
        links.primary().await.unwrap();
        links.invite(Access::Read).send().await.unwrap();
        let error = links.create(Access::Read).send().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Conflict, Some("create_room_link")), "{error}");
        assert_eq!(links.list().await.unwrap().len(), 7);
    })
    .await;
}

#[tokio::test]
async fn ten_concurrent_links_are_five_links_and_five_conflicts() {
    Target::run(async |target| {
        let links = target.portal().room(&titled_room(target, "room").await).links();
        let made = join_all((0..10).map(|_| links.create(Access::Read).send())).await;
        let refused: Vec<_> = made.into_iter().filter_map(Result::err).map(|error| error.kind()).collect();
        assert_eq!(refused, [ErrorKind::Conflict; 5]);
        assert_eq!(links.list().await.unwrap().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn refusals_below_the_limits_are_forbidden() {
    Target::on_mock(async |target, mock| {
        let (portal, room) = (target.portal(), titled_room(target, "room").await);
        let links = portal.room(&room).links();
        for _ in 0..4 {
            links.create(Access::Read).send().await.unwrap();
        }
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(403).times(2));
        assert!(links.create(Access::Read).send().await.unwrap_err().is_forbidden());
        assert!(links.invite(Access::Read).send().await.unwrap_err().is_forbidden());
        mock.faults().next("PUT /files/rooms/*/pin", Fault::status(403));
        assert!(portal.room(&room).pin().await.unwrap_err().is_forbidden());
    })
    .await;
}

/// The client cannot count links that the caller is not allowed to see.
#[tokio::test]
async fn callers_without_the_right_are_forbidden_in_a_full_room() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let (portal, room) = (target.portal(), titled_room(target, "room").await);
        let links = portal.room(&room).links();
        join_all((0..5).map(|_| links.create(Access::Read).send())).await;
        let ann = Portal::builder(target.url()).api_key(mock.key("ann")).build().unwrap();
        assert!(ann.room(&room).links().create(Access::Read).send().await.unwrap_err().is_forbidden());
    })
    .await;
}
