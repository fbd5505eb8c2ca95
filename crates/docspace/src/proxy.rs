//! The proxy that the environment names, as curl reads it.

use std::env;

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;

/// Whether the environment says that no host is called by way of a proxy.
pub(crate) fn is_off() -> bool {
    // The HTTP client reads the second where the first is missing, not where it is empty.
    env::var("NO_PROXY").or_else(|_| env::var("no_proxy")).is_ok_and(|hosts| covers_all(&hosts))
}

/// The host and the port of the proxy by way of which this address is called, without any credentials.
pub(crate) fn of(url: &Url) -> Option<String> {
    if is_off() {
        return None;
    }
    let proxy = Matcher::from_env().intercept(&url.as_str().parse().ok()?)?;
    let port = proxy.uri().port_u16().unwrap_or(if proxy.uri().scheme_str() == Some("https") { 443 } else { 80 });
    Some(format!("{}:{port}", proxy.uri().host()?))
}

/// Whether a list of hosts without a proxy covers each host. The HTTP client compares `*` with names only, so an address
/// in numbers would be called by way of the proxy all the same.
fn covers_all(hosts: &str) -> bool {
    hosts.split(|mark: char| mark == ',' || mark.is_whitespace()).any(|host| host == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_no_proxy_covers_each_host() {
        for hosts in ["*", " * ", "localhost,*", "*,localhost", "localhost, *", "localhost *", ",*,"] {
            assert!(covers_all(hosts), "{hosts:?}");
        }
        for hosts in ["", ",", "localhost", "*.acme.com", "127.0.0.1", "**", ".*"] {
            assert!(!covers_all(hosts), "{hosts:?}");
        }
    }
}
