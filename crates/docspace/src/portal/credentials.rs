//! What proves to a portal who is calling.

use docspace_api::Secret;
use reqwest::header::HeaderValue;

use crate::error::{Error, Result};

/// The value of the `Authorization` header, or nothing for an anonymous visitor.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    /// Nobody: only what a portal shows to everyone.
    Anonymous,
    /// An API key, `sk-…`.
    ApiKey(Secret),
    /// The token of a session.
    Token(Secret),
}

impl Credentials {
    /// Whether it is a key, which alone has scopes.
    pub(crate) fn is_key(&self) -> bool {
        matches!(self, Self::ApiKey(_))
    }

    /// The header to send, marked as sensitive so that nothing prints it.
    ///
    /// A key needs `Bearer` before it; a token goes bare (portal-facts 2.1).
    pub(crate) fn header(&self) -> Result<Option<HeaderValue>> {
        let text = match self {
            Self::Anonymous => return Ok(None),
            Self::ApiKey(key) => {
                let key = key.expose();
                if !key.starts_with("sk-") {
                    return Err(Error::invalid("the API key does not start with `sk-`").advise("copy the whole key"));
                }
                format!("Bearer {key}")
            }
            Self::Token(token) if token.expose().trim().is_empty() => {
                return Err(Error::invalid("the session token is empty"));
            }
            Self::Token(token) => token.expose().to_owned(),
        };
        let visible = |c: char| c.is_ascii_graphic() || c == ' ';
        let header = text.chars().all(visible).then(|| HeaderValue::from_str(&text).ok()).flatten();
        let mut header = header.ok_or_else(|| {
            Error::invalid("the credential holds a character that cannot be sent")
                .advise("copy it again, without breaks")
        })?;
        header.set_sensitive(true);
        Ok(Some(header))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_sent_as_a_bearer_and_a_token_bare() {
        let key = Credentials::ApiKey("sk-0123".into()).header().unwrap().unwrap();
        assert_eq!(key, "Bearer sk-0123");
        let token = Credentials::Token("abc+/=".into()).header().unwrap().unwrap();
        assert_eq!(token, "abc+/=");
        assert!(key.is_sensitive() && token.is_sensitive());
    }

    #[test]
    fn what_cannot_be_a_credential_is_refused_without_showing_it() {
        for bad in [Credentials::ApiKey("hunter2".into()), Credentials::Token("hunter2\n".into())] {
            let error = bad.header().unwrap_err();
            assert!(!format!("{error} {error:?} {bad:?}").contains("hunter2"));
        }
    }
}
