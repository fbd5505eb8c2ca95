//! The addresses of receivers, and the addresses that a portal refuses
//! (docs/portal/webhooks.md#addresses-the-portal-refuses).

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AddressError {
    /// The text is not an address.
    Format,
    /// The address has a scheme other than `http` and `https`.
    Scheme(String),
    /// The webhook needs an `https:` address.
    NotHttps,
    /// The IP address is on the blacklist.
    Blacklisted,
    /// The host has a form that no host of the internet has.
    Unresolved(String),
}

/// Reads and normalizes an address as the portal does before it sends a request: without outer
/// spaces, fragment, user name and password.
pub(crate) fn read(text: &str, ssl: bool, blacklist: &Blacklist) -> Result<Url, AddressError> {
    let text = text.trim();
    if text.starts_with('/') && !text.starts_with("//") {
        return Err(AddressError::Scheme("file".into()));
    }
    let mut url = Url::parse(text).map_err(|_| AddressError::Format)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(AddressError::Scheme(url.scheme().to_owned()));
    }
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    if rest.is_empty() || rest.starts_with('/') {
        return Err(AddressError::Format);
    }
    if ssl && url.scheme() != "https" {
        return Err(AddressError::NotHttps);
    }
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::from(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::from(ip)),
        _ => None,
    };
    if let Some(ip) = ip {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit('@').next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        if host.ends_with('.') {
            return Err(AddressError::Unresolved(host.to_owned()));
        }
        if blacklist.contains(ip) {
            return Err(AddressError::Blacklisted);
        }
    }
    url.set_fragment(None);
    // Only addresses without a host cannot have these, and those were refused above.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Ok(url)
}

/// An address as a portal writes it. Unlike browsers, it does not encode an apostrophe in the query
/// (recording webhooks/deliveries-titles, step 1).
pub(crate) fn text(url: &Url) -> String {
    match url.query() {
        Some(query) => url.as_str().replace(query, &query.replace("%27", "'")),
        None => url.as_str().to_owned(),
    }
}

/// The networks that a portal refuses to connect to (`webhooks:blacklist`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Blacklist(Vec<(IpAddr, u8)>);

impl Blacklist {
    /// The networks that a portal refuses by default.
    pub(crate) const PUBLISHED: [&'static str; 12] = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::/128",
        "::1/128",
        "fc00::/8",
        "fd00::/8",
        "fe80::/10",
    ];

    /// Reads networks such as `10.0.0.0/8`. `None` if one of them cannot be read.
    pub(crate) fn of(networks: &[&str]) -> Option<Self> {
        let read = |network: &&str| {
            let (address, length) = network.split_once('/')?;
            Some((address.parse().ok()?, length.parse().ok().filter(|length| *length <= 128)?))
        };
        networks.iter().map(read).collect::<Option<_>>().map(Self)
    }

    pub(crate) fn contains(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|(network, length)| match (network, ip) {
            (IpAddr::V4(network), IpAddr::V4(ip)) => same_start(network.to_bits(), ip.to_bits(), *length),
            // A portal compares at most the first four bytes.
            (IpAddr::V6(network), IpAddr::V6(ip)) => {
                let start = |address: u128| u32::try_from(address >> 96).unwrap_or_default();
                same_start(start(network.to_bits()), start(ip.to_bits()), *length)
            }
            _ => false,
        })
    }
}

/// Whether two addresses have the same first bits.
fn same_start(left: u32, right: u32, length: u8) -> bool {
    let ignored = 32_u32.saturating_sub(length.into());
    left.checked_shr(ignored) == right.checked_shr(ignored)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalized(text: &str) -> Result<String, AddressError> {
        read(text, false, &Blacklist::default()).map(|url| super::text(&url))
    }

    #[test]
    fn addresses_are_normalized_as_on_a_portal() {
        for (text, url) in [
            ("HTTP://example.com/hook", "http://example.com/hook"),
            ("http://example.com", "http://example.com/"),
            (" http://example.com/padded ", "http://example.com/padded"),
            ("http://example.com/hook?token=a&b=c%20d#part", "http://example.com/hook?token=a&b=c%20d"),
            ("http://example.com/all?b='x'+\"y\"", "http://example.com/all?b='x'+%22y%22"),
            ("http://name:pw@example.com/hook", "http://example.com/hook"),
            ("http://example.com/ünï", "http://example.com/%C3%BCn%C3%AF"),
            ("http://example.com/../x/./y", "http://example.com/x/y"),
            ("http://127.1:8/x", "http://127.0.0.1:8/x"),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://0x7f000001/", "http://127.0.0.1/"),
        ] {
            assert_eq!(normalized(text).as_deref(), Ok(url), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["not an address", "nonsense", "127.0.0.1:80/x", "//example.com/x", "http://", "http:///x"] {
            assert_eq!(normalized(text), Err(AddressError::Format), "{text}");
        }
        for (text, scheme) in [("/hook", "file"), ("ftp://x/y", "ftp"), ("mailto:a@example.com", "mailto")] {
            assert_eq!(normalized(text), Err(AddressError::Scheme(scheme.into())), "{text}");
        }
        assert_eq!(normalized("http://127.0.0.1.:8/x"), Err(AddressError::Unresolved("127.0.0.1.".into())));
        assert_eq!(read("http://example.com", true, &Blacklist::default()), Err(AddressError::NotHttps));
    }

    #[test]
    fn published_blacklist_refuses_private_networks_and_low_ipv6_addresses() {
        let blacklist = Blacklist::of(&Blacklist::PUBLISHED).expect("networks");
        for ip in ["127.0.0.1", "10.1.2.3", "172.31.0.1", "169.254.169.254", "::1", "::ffff:8.8.8.8", "fe80::1"] {
            assert!(blacklist.contains(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:db8::1"] {
            assert!(!blacklist.contains(ip.parse().expect("an address")), "{ip}");
        }
        assert_eq!(Blacklist::of(&["nonsense"]), None);
    }
}
