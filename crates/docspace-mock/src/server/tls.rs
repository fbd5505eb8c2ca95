//! TLS to `https:` receivers of webhooks, with and without a check of their certificates.

use std::sync::{Arc, OnceLock};

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{self, CryptoProvider};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

/// The two ways to connect to a receiver. Each is set up when it is first used, because reading the
/// certificates of the system takes time.
#[derive(Debug, Default)]
pub(super) struct Tls {
    /// Certificates that are trusted in addition to those of the system.
    trusted: Vec<Vec<u8>>,
    checked: OnceLock<Option<Arc<ClientConfig>>>,
    unchecked: OnceLock<Option<Arc<ClientConfig>>>,
}

impl Tls {
    pub(super) fn trusting(trusted: Vec<Vec<u8>>) -> Self {
        Self { trusted, ..Self::default() }
    }

    /// Connects to the receiver on a stream. `None` if it does not speak TLS, or if its certificate
    /// is checked and not valid.
    pub(super) async fn connect(&self, host: &str, checks: bool, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        let config = match checks {
            true => self.checked.get_or_init(|| checked(&self.trusted).map(Arc::new)),
            false => self.unchecked.get_or_init(|| unchecked().map(Arc::new)),
        };
        let name = ServerName::try_from(host.to_owned()).ok()?;
        TlsConnector::from(Arc::clone(config.as_ref()?)).connect(name, stream).await.ok()
    }
}

/// Accepts certificates of the authorities that this computer trusts.
fn checked(trusted: &[Vec<u8>]) -> Option<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let own = trusted.iter().map(|certificate| CertificateDer::from(certificate.clone()));
    // A certificate of the system that cannot be read is trusted by no program.
    roots.add_parsable_certificates(own.chain(rustls_native_certs::load_native_certs().certs));
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().ok()?;
    Some(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Accepts every certificate.
fn unchecked() -> Option<ClientConfig> {
    let provider = provider();
    let verifier = Arc::new(AnyCertificate(Arc::clone(&provider)));
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    Some(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(crypto::aws_lc_rs::default_provider())
}

/// Checks only that the receiver has the key of the certificate that it shows.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        crypto::verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        crypto::verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
