//! Each way in which a call can fail, as a kind of error that a program can tell apart.

use std::time::Duration;

use contract::target::Target;
use docspace::{ErrorKind, RoomType};
use docspace_mock::Fault;

const ROOM: &str = "GET /files/rooms/*";

/// The error of reading a room after this fault was set for all that follows.
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
async fn each_status_has_its_kind() {
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
async fn a_web_page_from_a_proxy_is_told_as_one() {
    let error = error_of(Fault::html(502)).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Server, Some(502)));
    assert!(error.to_string().contains("web page"), "{error}");
    assert!(!error.to_string().contains('<'), "{error}");
}

#[tokio::test]
async fn a_web_page_in_place_of_a_good_answer_is_no_room() {
    let error = error_of(Fault::html(200)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("web page"), "{error}");
}

#[tokio::test]
async fn a_broken_connection_is_an_error_of_the_way_not_of_the_portal() {
    let error = error_of(Fault::reset()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
}

#[tokio::test]
async fn an_answer_that_is_no_room_is_not_taken_for_one() {
    for body in ["", "{}", "[]", "null", r#"{"response":{"id":1}}"#, r#"{"response":{},"count":1}"#] {
        let error = error_of(Fault::status(200).header("Content-Type", "application/json").body(body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
    }
}

#[tokio::test]
async fn a_portal_that_asks_for_a_day_is_not_waited_for() {
    let error = error_of(Fault::status(429).header("Retry-After", "86399")).await;
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86_399)));
    assert!(error.to_string().contains("86399"), "{error}");
}
