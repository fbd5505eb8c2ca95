//! The kinds of errors for the different ways in which a call can fail.

use std::time::Duration;

use contract::target::Target;
use docspace::{ErrorKind, RoomType};
use docspace_mock::Fault;

const ROOM: &str = "GET /files/rooms/*";

/// The error of reading a room while the portal answers every read with this fault.
async fn error_of(fault: Fault) -> docspace::Error {
    let found = std::cell::RefCell::new(None);
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.faults().next(ROOM, fault.times(1000));
        *found.borrow_mut() = Some(portal.room(&room).get().await.unwrap_err());
    })
    .await;
    found.into_inner().expect("an error")
}

#[tokio::test]
async fn every_error_status_has_its_kind() {
    for (status, kind) in [
        (400, ErrorKind::Invalid),
        (401, ErrorKind::Unauthorized),
        (402, ErrorKind::QuotaExceeded),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (429, ErrorKind::RateLimited),
        (500, ErrorKind::Server),
        (503, ErrorKind::Server),
        (504, ErrorKind::Timeout),
    ] {
        let error = error_of(Fault::status(status)).await;
        assert_eq!((error.kind(), error.status()), (kind, Some(status)), "{error}");
        assert_eq!(error.call(), Some("get_room"));
    }
}

#[tokio::test]
async fn error_pages_of_a_proxy_are_reported_as_web_pages() {
    let error = error_of(Fault::html(502)).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Server, Some(502)));
    assert!(error.to_string().contains("web page"), "{error}");
    assert!(!error.to_string().contains('<'), "{error}");
}

#[tokio::test]
async fn web_pages_with_status_200_are_a_decode_error() {
    let error = error_of(Fault::html(200)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("web page"), "{error}");
}

#[tokio::test]
async fn broken_connections_are_a_transport_error() {
    let error = error_of(Fault::reset()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
}

#[tokio::test]
async fn answers_without_a_room_are_a_decode_error() {
    for body in ["", "{}", "[]", "null", r#"{"response":{"id":1}}"#, r#"{"response":{},"count":1}"#] {
        let error = error_of(Fault::status(200).header("Content-Type", "application/json").body(body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
}

#[tokio::test]
async fn calls_fail_immediately_if_the_retry_pause_is_a_day() {
    let error = error_of(Fault::status(429).header("Retry-After", "86399")).await;
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86_399)));
    assert!(error.to_string().contains("86399"), "{error}");
}
