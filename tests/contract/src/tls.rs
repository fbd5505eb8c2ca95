//! TLS in front of a server that does not speak it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// A TLS server whose certificate is signed by itself. It passes everything on to another server,
/// until the runtime of the test ends.
#[derive(Clone, Debug)]
pub struct TlsServer {
    /// The host and the port.
    pub address: String,
    certificate: CertificateDer<'static>,
}

impl TlsServer {
    /// Starts in front of the server at this address, such as `http://127.0.0.1:8081`.
    ///
    /// # Panics
    ///
    /// Panics if there is no free port.
    pub async fn in_front_of(url: &str) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]);
        let made = made.expect("a certificate");
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config.with_single_cert(vec![made.cert.der().clone()], key.into()).expect("a configuration");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let behind = url.trim_start_matches("http://").to_owned();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                tokio::spawn(async move {
                    // A client that does not accept the certificate ends the connection here.
                    let Ok(mut inside) = acceptor.accept(connection).await else { return };
                    let Ok(mut outside) = TcpStream::connect(behind).await else { return };
                    let _ = tokio::io::copy_bidirectional(&mut inside, &mut outside).await;
                });
            }
        });
        Self { address, certificate: made.cert.der().clone() }
    }

    /// The certificate in DER.
    pub fn der(&self) -> &[u8] {
        &self.certificate
    }

    /// The certificate in PEM.
    pub fn pem(&self) -> String {
        let encoded = STANDARD.encode(self.der());
        format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n")
    }
}
