//! Portals that cannot be reached: the error reports the cause, and that nothing was sent.

use std::error::Error as _;

use contract::target::Target;
use contract::tls::TlsServer;
use docspace::transport::RetryPolicy;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::MockPortal;
use tokio::net::TcpListener;

/// A portal at this address that makes only one attempt per call.
fn portal_at(address: &str) -> Portal {
    Portal::builder(address).api_key("sk-hunter2hunter2").allow_http().retry(RetryPolicy::none()).build().unwrap()
}

/// The errors of a first change, which reads the key's scopes first, and of a read.
async fn errors_at(address: &str) -> [docspace::Error; 2] {
    let portal = portal_at(address);
    let write = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
    [write, portal.me().await.unwrap_err()]
}

/// Asserts that nothing was sent, and that the error shows only the host and the port of the
/// address.
#[track_caller]
fn assert_unsent(error: &docspace::Error) {
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None), "{error}");
    assert!(error.nothing_was_done() && error.is_retryable(), "{error}");
    assert!(error.advice().contains("nothing was sent"), "{error}");
    assert!(error.source().is_some(), "{error}");
    let mut shown = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        shown += &inner.to_string();
        cause = inner.source();
    }
    assert!(!shown.contains("hunter2") && !shown.contains("api/2.0"), "{shown}");
}

#[tokio::test]
async fn unreachable_portals_are_reported_as_a_transport_error() {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    let (url, key) = (mock.url(), mock.owner_key());
    mock.shutdown().await;
    let target = Target::at(url, key, false);
    let error = target.portal().rooms().list().all().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
    assert!(error.to_string().contains("reach"), "{error}");
}

#[tokio::test]
async fn ports_without_a_listener_are_reported_as_a_refused_connection() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = free.local_addr().unwrap();
    drop(free);
    for error in errors_at(&format!("http://{server}")).await {
        assert_unsent(&error);
        let text = error.to_string();
        assert!(text.contains(&server.to_string()) && text.contains("refuse"), "{error}");
        assert!(error.advice().contains("port"), "{error}");
    }
}

#[tokio::test]
async fn missing_hosts_are_reported_as_an_unknown_name() {
    for error in errors_at("http://portal.invalid:8080").await {
        assert_unsent(&error);
        let text = error.to_string();
        assert!(text.contains("host name") && text.contains("portal.invalid:8080"), "{error}");
        assert!(error.advice().contains("spelling"), "{error}");
    }
}

#[tokio::test]
async fn untrusted_certificates_are_reported_as_not_accepted() {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    let server = TlsServer::in_front_of(&mock.url()).await.address;
    for error in errors_at(&format!("https://{server}")).await {
        assert_unsent(&error);
        let text = error.to_string();
        assert!(text.contains(&server) && text.contains("certificate"), "{error}");
        assert!(error.advice().contains("authority"), "{error}");
    }
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn root_certificates_of_the_program_are_trusted() {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    let server = TlsServer::in_front_of(&mock.url()).await;
    let builder = Portal::builder(format!("https://{}", server.address)).api_key(mock.owner_key());
    let portal = builder.root_certificate(server.pem()).build().unwrap();
    assert!(portal.is_signed_in().await.unwrap());
}

/// A server without TLS on a port that is called with TLS.
#[tokio::test]
async fn answers_without_tls_are_not_reported_as_a_bad_certificate() {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    let server = mock.url().trim_start_matches("http://").to_owned();
    for error in errors_at(&format!("https://{server}")).await {
        assert_unsent(&error);
        let text = error.to_string();
        assert!(text.contains(&server) && !text.contains("certificate"), "{error}");
    }
}
