//! The proxy from the environment, with the same rules as curl.

use std::env;

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

/// Whether the environment turns proxies off for every host.
pub(crate) fn is_off() -> bool {
    // The HTTP client reads `no_proxy` only if `NO_PROXY` is missing, not if it is empty.
    env::var("NO_PROXY").or_else(|_| env::var("no_proxy")).is_ok_and(|hosts| covers_all(&hosts))
}

/// The host and port of the proxy through which this address is called, without credentials.
pub(crate) fn of(url: &Url) -> Option<String> {
    if is_off() {
        return None;
    }
    let proxy = Matcher::from_env().intercept(&url.as_str().parse().ok()?)?;
    let port = proxy.uri().port_u16().unwrap_or(if proxy.uri().scheme_str() == Some("https") { 443 } else { 80 });
    Some(format!("{}:{port}", proxy.uri().host()?))
}

/// Whether a `NO_PROXY` list covers every host. The HTTP client compares `*` with host names only,
/// so it would still call an IP address through the proxy.
fn covers_all(hosts: &str) -> bool {
    hosts.split(|mark: char| mark == ',' || mark.is_whitespace()).any(|host| host == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_no_proxy_covers_every_host() {
        for hosts in ["*", " * ", "localhost,*", "*,localhost", "localhost, *", "localhost *", ",*,"] {
            assert!(covers_all(hosts), "{hosts:?}");
        }
        for hosts in ["", ",", "localhost", "*.acme.com", "127.0.0.1", "**", ".*"] {
            assert!(!covers_all(hosts), "{hosts:?}");
        }
    }
}
