//! Portals that take too long to answer.

use std::time::Duration;

use contract::target::Target;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::Fault;

use crate::fixture::sent;

#[tokio::test]
async fn a_portal_that_never_answers_is_given_up() {
    Target::on_mock(async |target, mock| {
        let builder = Portal::builder(target.url()).api_key(target.key()).idle_timeout(Duration::from_millis(50));
        let portal = builder.build().unwrap();
        mock.faults().next("POST /files/rooms", Fault::stall().times(1000));
        let error = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(sent(mock, "POST"), 1);
    })
    .await;
}

/// Long before the connection has been silent for too long.
#[tokio::test]
async fn an_attempt_that_takes_too_long_is_made_again_where_that_does_no_harm() {
    Target::on_mock(async |target, mock| {
        let builder = Portal::builder(target.url()).api_key(target.key());
        let portal = builder.attempt_timeout(Duration::from_millis(300)).build().unwrap();
        mock.faults().next("GET /files/rooms", Fault::stall());
        assert_eq!(portal.rooms().list().all().await.unwrap().len(), 0);
        assert_eq!(sent(mock, "GET"), 2);
        mock.faults().next("POST /files/rooms", Fault::stall());
        let error = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, None));
        assert_eq!(sent(mock, "POST"), 1);
    })
    .await;
}
