//! Portals that cannot be reached: the error reports the cause, and that nothing was sent.

use std::error::Error as _;
use std::sync::Arc;

use base64::Engine as _;
use contract::target::Target;
use docspace::transport::RetryPolicy;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::MockPortal;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

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

/// A TLS server in front of the mock portal, with a certificate that no authority signed: its
/// address, and the certificate.
async fn with_tls(mock: &MockPortal) -> (String, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![made.cert.der().clone()], key.into()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let portal = mock.url().trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let (acceptor, portal) = (acceptor.clone(), portal.clone());
            tokio::spawn(async move {
                // A client that does not accept the certificate ends the connection here.
                let Ok(mut inside) = acceptor.accept(connection).await else { return };
                let mut outside = TcpStream::connect(portal).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut inside, &mut outside).await;
            });
        }
    });
    let encoded = base64::engine::general_purpose::STANDARD.encode(made.cert.der());
    (server.to_string(), format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n"))
}

#[tokio::test]
async fn untrusted_certificates_are_reported_as_not_accepted() {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    let (server, _) = with_tls(&mock).await;
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
    let (server, certificate) = with_tls(&mock).await;
    let builder = Portal::builder(format!("https://{server}")).api_key(mock.owner_key());
    let portal = builder.root_certificate(certificate).build().unwrap();
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
