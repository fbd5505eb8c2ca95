//! Why a connection to a portal failed, and what to do about it.

use std::error::Error as StdError;
use std::io;

use url::Url;

/// What prevented the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ConnectFailure {
    /// The host name cannot be resolved.
    UnknownHost,
    /// Nothing listens on the port.
    Refused,
    /// Nothing answers in time.
    NoAnswer,
    /// This computer does not trust the certificate for that host.
    Certificate,
    /// The server answers without encryption on this port.
    NoEncryption,
    /// The proxy can be reached, but does not connect to the portal.
    Tunnel,
    /// Anything else.
    Other,
}

/// The reason and the advice for a failed connection. They contain only the host and the port of an
/// address. `proxy` is the host and port of the proxy through which the address is called.
pub(super) fn explain(error: &reqwest::Error, proxy: Option<&str>) -> (String, String) {
    let portal = error.url().and_then(host_and_port).unwrap_or_else(|| "the portal".to_owned());
    // Only a connection through a proxy has this error, so the program has set the proxy.
    let is_tunnel = || causes(error).any(|cause| cause.to_string().contains(TUNNEL));
    let proxy = proxy.or_else(|| is_tunnel().then_some(OWN_PROXY));
    let (reason, advice) = ConnectFailure::of(error).explain(&portal, proxy);
    (reason, format!("{advice}; nothing was sent"))
}

impl ConnectFailure {
    fn of(error: &reqwest::Error) -> Self {
        let causes = || causes(error);
        let mentions = |text: &str| causes().any(|cause| cause.to_string().contains(text));
        let is_refused = |cause: &(dyn StdError + 'static)| {
            cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
        };
        // The error types of the resolver, the proxy client and TLS are private, so this has to
        // match their messages.
        match () {
            () if mentions("dns error") => Self::UnknownHost,
            () if causes().any(is_refused) => Self::Refused,
            () if error.is_timeout() => Self::NoAnswer,
            () if mentions("certificate") => Self::Certificate,
            () if mentions("InvalidContentType") => Self::NoEncryption,
            () if mentions(TUNNEL) => Self::Tunnel,
            () => Self::Other,
        }
    }

    fn explain(self, portal: &str, proxy: Option<&str>) -> (String, &'static str) {
        const CHECK_PROXY: &str = "check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or bypass the proxy with NO_PROXY";
        // With a proxy, the connection goes to the proxy instead of the portal.
        let (what, server) = match proxy {
            Some(proxy) => ("the proxy", proxy),
            None => ("the portal", portal),
        };
        let reason = match self {
            Self::UnknownHost => format!("{what} cannot be reached: the host name of {server} is not known"),
            Self::Refused => format!("{what} cannot be reached: {server} refuses the connection"),
            Self::NoAnswer => format!("{what} cannot be reached: {server} does not answer"),
            Self::Certificate => format!("this computer does not trust the certificate of {portal}"),
            Self::NoEncryption => format!("{server} does not answer with https"),
            Self::Tunnel => format!("the proxy {server} does not connect to {portal}"),
            Self::Other => format!("{what} cannot be reached: no connection to {server} can be made"),
        };
        let advice = match (self, proxy) {
            (Self::Certificate, _) => {
                "check the address; if the portal uses its own certificate authority, make this computer trust it"
            }
            (_, Some(OWN_PROXY)) => "check the address that was given to `PortalBuilder::proxy`",
            (_, Some(_)) => CHECK_PROXY,
            (Self::UnknownHost, None) => "check the spelling of the address, and the network",
            (Self::Refused, None) => "check the address and its port, and that the portal is running",
            (Self::NoEncryption, None) => {
                "check the port; for a portal on your own computer or network, begin the address with http://"
            }
            (Self::NoAnswer | Self::Tunnel | Self::Other, None) => "check the address and the network",
        };
        (reason, advice)
    }
}

/// The error of a connection through a proxy.
const TUNNEL: &str = "tunnel error";
/// The name of a proxy that the program has set. Errors do not contain its address.
const OWN_PROXY: &str = "the proxy of this program";

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause| (*cause).source())
}

fn host_and_port(url: &Url) -> Option<String> {
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_connect_failure_has_its_own_reason_that_names_the_host() {
        let all = [
            ConnectFailure::UnknownHost,
            ConnectFailure::Refused,
            ConnectFailure::NoAnswer,
            ConnectFailure::Certificate,
            ConnectFailure::NoEncryption,
            ConnectFailure::Tunnel,
            ConnectFailure::Other,
        ];
        for proxy in [None, Some("proxy:3128")] {
            let mut reasons: Vec<String> = all.map(|failure| failure.explain("acme.com:443", proxy).0).to_vec();
            assert!(reasons.iter().all(|reason| reason.contains("acme.com:443") || reason.contains("proxy:3128")));
            reasons.sort();
            reasons.dedup();
            assert_eq!(reasons.len(), all.len(), "{reasons:?}");
        }
        let (reason, advice) = ConnectFailure::Refused.explain("acme.com:443", Some("proxy:3128"));
        assert!(reason.contains("proxy:3128") && !reason.contains("acme.com"), "{reason}");
        assert!(advice.contains("NO_PROXY"), "{advice}");
    }
}
