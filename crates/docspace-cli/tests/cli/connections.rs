//! Connections that fail: the error names the address, the cause and the remedy.

use std::sync::Arc;

use docspace_mock::MockPortal;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use crate::support::{World, stderr};

/// Serves the mock portal with TLS. Returns the address and the certificate.
pub(crate) async fn with_tls(mock: &MockPortal) -> (String, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![made.cert.der().clone()], key.into()).expect("a key");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let portal = mock.address();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // A client that does not accept the certificate ends the connection here.
                let Ok(mut inside) = acceptor.accept(connection).await else { return };
                let mut outside = TcpStream::connect(portal).await.expect("the portal");
                let _ = tokio::io::copy_bidirectional(&mut inside, &mut outside).await;
            });
        }
    });
    (format!("https://localhost:{port}"), made.cert.pem())
}

#[tokio::test(flavor = "multi_thread")]
async fn certificate_of_the_portal_can_be_trusted_by_a_variable() {
    let world = World::new().await;
    let (url, certificate) = with_tls(&world.mock).await;
    let file = world.config.path().join("certificate.pem");
    std::fs::write(&file, certificate).expect("a file");
    let list = || world.owner(&["rooms", "list"]).env("DOCSPACE_URL", &url).env("NO_PROXY", "*");
    let text = stderr(&list().env_remove("SSL_CERT_FILE").assert().code(1));
    let reason = format!("this computer does not trust the certificate of {}: ", url.trim_start_matches("https://"));
    assert!(text.contains(&reason) && text.contains("set SSL_CERT_FILE to a PEM file"), "{text}");
    list().env("SSL_CERT_FILE", file).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_and_ports_that_do_not_answer_are_named() {
    let world = World::new().await;
    for (url, reason, remedy) in [
        ("http://127.0.0.1:1", "127.0.0.1:1 refuses the connection", "that the portal is running"),
        (
            "https://nosuch.invalid",
            "the host name of nosuch.invalid:443 is not known",
            "behind a proxy, set HTTPS_PROXY",
        ),
    ] {
        let list = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", url).env("NO_PROXY", "*");
        let text = stderr(&list.assert().code(1).stdout_eq(""));
        assert!(text.contains(reason) && text.contains(remedy), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn address_of_a_page_is_reported_as_a_wrong_address() {
    let world = World::new().await;
    let list = world.owner(&["rooms", "list"]).env("DOCSPACE_URL", format!("{}/rooms/shared", world.mock.url()));
    let text = stderr(&list.assert().code(3).stdout_eq(""));
    assert!(text.contains("it must not be that of a page of the portal"), "{text}");
}
