//! The address of a portal.

use url::{Host, Url};

use crate::error::{Error, Result};
use crate::platform::proxy_of;

/// Session tokens are longer than this, and hardly any address is.
const LONGEST_SHOWN: usize = 100;

/// Parses the address of a portal: a scheme and a host, and optionally a port and a path.
pub(crate) fn parse(text: &str) -> Result<Url> {
    let reject = |why: &str| {
        // The text may be a credential in the wrong place, so it is shown only if it cannot be one.
        let may_be_secret = text.contains("sk-") || text.contains(['@', '?', '#', '+']) || text.len() > LONGEST_SHOWN;
        let what = if may_be_secret { "the given text".to_owned() } else { format!("`{text}`") };
        Error::invalid(format!("{what} is not the address of a portal: {why}"))
            .advise("write it like https://acme.onlyoffice.com")
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("the address of the portal is missing").advise("set DOCSPACE_URL, or pass it"));
    }
    let mut url = Url::parse(text).map_err(|error| reject(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(reject("it does not start with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let reason = "the address contains a user name or password";
        return Err(Error::invalid(reason).advise("pass credentials separately"));
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// Whether others on the network could read requests to this address. Requests to this computer use
/// no network, unless they go through a proxy.
fn is_exposed(url: &Url, has_proxy: bool) -> bool {
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && (!is_local || has_proxy || proxy_of(url).is_some())
}

/// Rejects an address to which credentials would be sent unencrypted, unless the program allows it.
pub(crate) fn check_secrecy(url: &Url, allow_http: bool, has_proxy: bool) -> Result<()> {
    if allow_http || !is_exposed(url, has_proxy) {
        return Ok(());
    }
    let portal = url.origin().ascii_serialization();
    let reason = format!("{portal} is not encrypted: others on the network could read the credentials");
    let advice = "use https://, or on a network that you trust call `PortalBuilder::allow_http` or set \
                  DOCSPACE_ALLOW_HTTP=1 for `Portal::from_env`";
    Err(Error::invalid(reason).advise(advice))
}

#[cfg(test)]
mod tests {
    use super::{is_exposed, parse};
    use crate::{ErrorKind, Portal};

    /// Addresses, and whether credentials may be sent there without `allow_http`.
    const MATRIX: [(&str, bool); 22] = [
        ("https://acme.onlyoffice.com", true),
        ("https://192.0.2.2:8443/docs", true),
        ("HTTPS://ACME.COM", true),
        ("http://localhost", true),
        ("http://LOCALHOST:8092/docs", true),
        ("http://acme.localhost:8080", true),
        ("http://127.0.0.1:8092", true),
        ("http://127.200.3.4", true),
        ("http://127.1", true),
        ("http://[::1]:8092", true),
        ("http://acme.onlyoffice.com", false),
        ("HTTP://acme.com", false),
        ("http://192.0.2.2:8092", false),
        ("http://10.0.0.1", false),
        ("http://128.0.0.1", false),
        ("http://0.0.0.0", false),
        ("http://[2001:db8::1]", false),
        ("http://[::ffff:192.0.2.2]", false),
        ("http://docspace", false),
        ("http://localhost.acme.com", false),
        ("http://notlocalhost", false),
        ("http://127.0.0.1.acme.com", false),
    ];

    #[test]
    fn only_loopback_addresses_are_safe_without_encryption() {
        for (address, safe) in MATRIX {
            assert_eq!(is_exposed(&parse(address).unwrap(), false), !safe, "{address}");
        }
    }

    #[test]
    fn credentials_require_an_encrypted_or_local_address() {
        for (address, safe) in MATRIX {
            let builder = || Portal::builder(address);
            for with_credentials in [builder().api_key("sk-0"), builder().token("t")] {
                let built = with_credentials.clone().build();
                assert_eq!(built.is_ok(), safe, "{address}");
                if let Err(error) = built {
                    assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{address}");
                    assert!(error.advice().contains("allow_http"), "{error}");
                }
                assert!(with_credentials.allow_http().build().is_ok(), "{address}");
            }
            assert!(builder().anonymous().build().is_ok(), "{address}");
            assert_eq!(builder().check_address().is_ok(), safe, "{address}");
            assert!(builder().allow_http().check_address().is_ok(), "{address}");
        }
    }

    #[tokio::test]
    async fn passwords_and_codes_are_not_sent_unencrypted() {
        // Nothing answers at these addresses, so a request would fail with another kind.
        for address in ["http://192.0.2.2", "http://docspace.invalid"] {
            let signed_in = Portal::builder(address).sign_in("ann@acme.com", "hunter2").await.unwrap_err();
            let builder = Portal::builder(address);
            let with_code = builder.sign_in_with_code("ann@acme.com", "hunter2", "123456").await.unwrap_err();
            for error in [signed_in, with_code] {
                assert_eq!((error.kind(), error.call()), (ErrorKind::Invalid, None), "{error}");
                assert!(error.advice().contains("allow_http"), "{error}");
            }
        }
    }

    #[test]
    fn invalid_addresses_are_rejected() {
        for bad in ["", "acme", "acme.onlyoffice.com", "ftp://acme.com", "https://", "https://ann:pw@acme.com"] {
            let error = Portal::builder(bad).api_key("sk-0").build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{bad}");
            assert!(!error.to_string().contains("ann:pw"));
        }
    }

    /// A credential that was pasted by mistake must not appear in a log.
    #[test]
    fn addresses_that_may_be_secrets_are_not_quoted() {
        let token = "hunter2+/".repeat(19);
        let secrets = ["ann:hunter2@acme.com", "https://ann:hunter2@:x", "acme.com/?key=hunter2", "sk-hunter2", &token];
        for bad in secrets {
            let builder = Portal::builder(bad).anonymous();
            assert!(!format!("{builder:?}").contains("hunter2"), "{builder:?}");
            let error = builder.build().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
        assert!(Portal::builder("acme.com").anonymous().build().unwrap_err().to_string().contains("`acme.com`"));
    }
}
