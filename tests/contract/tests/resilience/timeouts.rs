//! Portals that take too long to answer.

use std::time::Duration;

use contract::target::Target;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::Fault;

use crate::fixture::sent;

#[tokio::test]
async fn calls_fail_if_the_portal_never_answers() {
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

/// The attempt timeout is shorter than the idle timeout.
#[tokio::test]
async fn attempts_that_take_too_long_are_retried_only_if_harmless() {
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
