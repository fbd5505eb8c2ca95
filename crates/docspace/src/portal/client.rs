//! What sends the requests of a portal: an HTTP client, or what the program puts in its place.

use std::sync::Arc;
use std::time::Duration;

use docspace_api::Transport;
use reqwest::header::HeaderValue;
use url::Url;

use crate::error::{Error, ErrorKind, Result};
use crate::platform;
use crate::transport::Wire;

/// The settings of the HTTP client, and the program's own client and transport.
#[derive(Clone)]
pub(super) struct Http {
    pub(super) idle_timeout: Duration,
    pub(super) attempt_timeout: Duration,
    pub(super) user_agent: Option<String>,
    #[cfg(all(not(target_arch = "wasm32"), any(feature = "rustls", feature = "native-tls")))]
    pub(super) root_certificates: Vec<Vec<u8>>,
    /// An address, which may contain a password.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) proxy: Option<docspace_api::Secret>,
    pub(super) client: Option<reqwest::Client>,
    pub(super) transport: Option<Arc<dyn Transport>>,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            idle_timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(120),
            user_agent: None,
            #[cfg(all(not(target_arch = "wasm32"), any(feature = "rustls", feature = "native-tls")))]
            root_certificates: Vec::new(),
            #[cfg(not(target_arch = "wasm32"))]
            proxy: None,
            client: None,
            transport: None,
        }
    }
}

/// The connection of a portal.
pub(super) struct Connection {
    /// Builds requests.
    pub(super) client: reqwest::Client,
    pub(super) wire: Wire,
    /// The timeout that each request must have, unless the client applies it.
    pub(super) timeout: Option<Duration>,
}

impl Http {
    /// Whether requests go through a proxy that the program has set.
    pub(super) fn has_proxy(&self) -> bool {
        #[cfg(not(target_arch = "wasm32"))]
        return self.proxy.is_some();
        #[cfg(target_arch = "wasm32")]
        false
    }

    pub(super) fn set_up(&self, portal: &Url) -> Result<Connection> {
        let client = match &self.client {
            Some(client) => client.clone(),
            None => self.client(portal)?,
        };
        let wire = match &self.transport {
            Some(transport) => Wire::Transport(Arc::clone(transport)),
            None => Wire::Client(client.clone()),
        };
        // A timeout of a request costs more than that of a client. A browser has no timeout.
        let own_client = self.client.is_none() && self.transport.is_none() && cfg!(not(target_arch = "wasm32"));
        let timeout = (!own_client).then(|| self.attempt_timeout.min(platform::LONGEST));
        Ok(Connection { client, wire, timeout })
    }

    fn client(&self, portal: &Url) -> Result<reqwest::Client> {
        let mut builder = platform::http_client(self.idle_timeout, self.attempt_timeout.min(platform::LONGEST));
        if let Some(name) = &self.user_agent {
            let agent = HeaderValue::from_str(format!("{name} {}", platform::USER_AGENT).trim_start());
            let agent =
                agent.map_err(|_| Error::invalid("the user agent contains a character that a header cannot"))?;
            builder = builder.user_agent(agent);
        }
        builder = self.connected(builder, portal)?;
        builder.build().map_err(|error| {
            Error::new(ErrorKind::Transport, "the HTTP client cannot be set up").caused_by(error.without_url())
        })
    }

    /// Adds the certificates and the proxy.
    #[cfg(not(target_arch = "wasm32"))]
    fn connected(&self, mut builder: reqwest::ClientBuilder, portal: &Url) -> Result<reqwest::ClientBuilder> {
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        for pem in &self.root_certificates {
            builder = builder.tls_certs_merge(certificates(pem)?);
        }
        if let Some(address) = &self.proxy {
            let reject = || Error::invalid("the address of the proxy is not valid");
            let url = Url::parse(address.expose()).ok().filter(Url::has_host);
            let url = url.filter(|url| matches!(url.scheme(), "http" | "https")).ok_or_else(|| {
                reject().advise("write it like http://proxy.acme.com:3128, with the user and password if needed")
            })?;
            let proxy = reqwest::Proxy::all(url).map_err(|error| reject().caused_by(error.without_url()))?;
            // Those from the environment are not used.
            builder = builder.no_proxy().proxy(proxy);
        }
        // A portal at plain HTTP needs no certificates, and reading those of the system takes
        // longer than the first call.
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        if portal.scheme() == "http" && self.proxy.is_none() && platform::proxy_of(portal).is_none() {
            builder = builder.tls_certs_only([]);
        }
        Ok(builder)
    }

    /// A browser has its own certificates and proxies.
    #[cfg(target_arch = "wasm32")]
    fn connected(&self, builder: reqwest::ClientBuilder, _: &Url) -> Result<reqwest::ClientBuilder> {
        Ok(builder)
    }
}

/// The certificates in a PEM file.
#[cfg(all(not(target_arch = "wasm32"), any(feature = "rustls", feature = "native-tls")))]
fn certificates(pem: &[u8]) -> Result<Vec<reqwest::Certificate>> {
    let reject = |why: &str| {
        Error::invalid(format!("the root certificate {why}"))
            .advise("give the content of a PEM file, which has `-----BEGIN CERTIFICATE-----` in it")
    };
    let found = reqwest::Certificate::from_pem_bundle(pem);
    let found = found.map_err(|error| reject("cannot be read").caused_by(error.without_url()))?;
    if found.is_empty() {
        return Err(reject("is missing"));
    }
    // A certificate with wrong content is only rejected by a client.
    let check = reqwest::Client::builder().tls_certs_only(found.clone()).no_proxy().build();
    check.map_err(|error| reject("is not valid").caused_by(error.without_url()))?;
    Ok(found)
}
