//! The credentials that a portal is called with.

use docspace_api::Secret;
use reqwest::header::HeaderValue;

use crate::error::{Error, Result};

/// What goes into the `Authorization` header.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    /// No header: the portal shows only what is public.
    Anonymous,
    /// An API key, `sk-…`.
    ApiKey(Secret),
    /// The token of a session.
    Token(Secret),
}

impl Credentials {
    /// Whether this is an API key. Only keys have scopes.
    pub(crate) fn is_key(&self) -> bool {
        matches!(self, Self::ApiKey(_))
    }

    /// The kind of the credentials, which does not contain the secret.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Anonymous => "Anonymous",
            Self::ApiKey(_) => "ApiKey",
            Self::Token(_) => "Token",
        }
    }

    /// The value of the header, marked as sensitive so that nothing prints it.
    ///
    /// A key needs the scheme `Bearer`; a session token is sent without a scheme
    /// (docs/portal/credentials.md#types-of-credentials).
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
            Error::invalid("the credential contains a character that cannot be sent in a header")
                .advise("copy it again without line breaks")
        })?;
        header.set_sensitive(true);
        Ok(Some(header))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sent_with_bearer_and_tokens_without_a_scheme() {
        let key = Credentials::ApiKey("sk-0123".into()).header().unwrap().unwrap();
        assert_eq!(key, "Bearer sk-0123");
        let token = Credentials::Token("abc+/=".into()).header().unwrap().unwrap();
        assert_eq!(token, "abc+/=");
        assert!(key.is_sensitive() && token.is_sensitive());
    }

    #[test]
    fn malformed_credentials_are_rejected_without_being_shown() {
        for bad in [Credentials::ApiKey("hunter2".into()), Credentials::Token("hunter2\n".into())] {
            let error = bad.header().unwrap_err();
            assert!(!format!("{error} {error:?} {bad:?}").contains("hunter2"));
        }
    }
}
