//! Which calls are retried.

use contract::target::Target;
use docspace::RoomType;
use docspace_mock::Fault;

use crate::fixture::sent;

#[tokio::test]
async fn reads_are_retried_if_the_portal_is_busy() {
    for status in [429, 502, 503] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
            mock.faults().next("GET /files/rooms/*", Fault::status(status).times(2));
            assert_eq!(portal.room(&room).get().await.unwrap().id, room.id);
        })
        .await;
    }
}

#[tokio::test]
async fn archiving_is_retried_if_the_portal_is_busy() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.faults().next("PUT /files/rooms/*/archive", Fault::status(503).times(2));
        assert!(portal.room(&room).archive().await.unwrap().wait().await.unwrap().is_archived());
    })
    .await;
}

#[tokio::test]
async fn creations_are_not_retried_if_their_outcome_is_unknown() {
    for fault in [Fault::status(502), Fault::status(503), Fault::status(504), Fault::reset()] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            mock.faults().next("POST /files/rooms", fault.times(1000));
            portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
            assert_eq!(sent(mock, "POST"), 1);
        })
        .await;
    }
}

#[tokio::test]
async fn creations_are_retried_if_the_portal_did_not_execute_them() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        mock.faults().next("POST /files/rooms", Fault::status(429).times(2));
        portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        assert_eq!(sent(mock, "POST"), 3);
        assert_eq!(portal.rooms().list().all().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn links_are_created_once_although_the_request_is_retried() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(503).executed().times(1));
        let links = portal.room(&room).links();
        let made = links.create(docspace::Access::Read).send().await.unwrap();
        assert_eq!(links.list().await.unwrap(), [made]);
        assert_eq!(sent(mock, "PUT"), 2);
    })
    .await;
}
