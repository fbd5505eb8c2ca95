//! Where a portal is.

use url::Url;

use crate::error::{Error, Result};

/// A session token is longer than this, and hardly any address.
const LONGEST_SHOWN: usize = 100;

/// The address of a portal: a scheme, a host, and perhaps a port and a path that all of the portal is under.
pub(crate) fn parse(text: &str) -> Result<Url> {
    let refuse = |why: &str| {
        // What was typed may be a credential in the wrong place, so only what looks like an address is shown.
        let secret = text.contains("sk-") || text.contains(['@', '?', '#', '+']) || text.len() > LONGEST_SHOWN;
        let shown = if secret { "what was given" } else { text };
        Error::invalid(format!("`{shown}` is no address of a portal: {why}"))
            .advise("write it like https://acme.onlyoffice.com")
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("the address of the portal is missing").advise("set DOCSPACE_URL, or pass it"));
    }
    let mut url = Url::parse(text).map_err(|error| refuse(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(refuse("it does not start with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid("the address holds a user name or password").advise("pass credentials separately"));
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use crate::{ErrorKind, Portal};

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in ["", "acme", "acme.onlyoffice.com", "ftp://acme.com", "https://", "https://ann:pw@acme.com"] {
            let error = Portal::builder(bad).api_key("sk-0").build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{bad}");
            assert!(!error.to_string().contains("ann:pw"));
        }
    }

    /// Whoever pastes the wrong thing finds it in no log.
    #[test]
    fn what_may_be_a_secret_is_not_quoted() {
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
