//! The proxy that the environment names, as curl reads it.

use std::env;

/// Whether the environment says that no host is called by way of a proxy.
pub(crate) fn is_off() -> bool {
    // The HTTP client reads the second where the first is missing, not where it is empty.
    env::var("NO_PROXY").or_else(|_| env::var("no_proxy")).is_ok_and(|hosts| covers_all(&hosts))
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
