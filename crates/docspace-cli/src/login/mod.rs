//! Who is logged in: the portal, and the credential for it.

pub(crate) mod store;

use std::env;
use std::time::Duration;

use docspace::people::Profile;
use docspace::{Error, Portal, PortalBuilder, Secret};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// How long a portal may be silent in the middle of a call.
const SILENCE: Duration = Duration::from_secs(30);

/// A portal and a credential for it.
pub(crate) struct Login {
    /// The portal's address.
    pub(crate) url: String,
    /// What proves who is calling.
    pub(crate) credential: Credential,
    /// Whether the credential may be sent over plain HTTP. Saved together with the login.
    pub(crate) allow_http: bool,
    /// Whether it comes from the environment rather than from the store.
    pub(crate) from_environment: bool,
}

/// What proves who is calling, as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "secret", rename_all = "kebab-case")]
pub(crate) enum Credential {
    ApiKey(Secret),
    Token(Secret),
}

impl Credential {
    /// Its name.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::ApiKey(_) => "API key",
            Self::Token(_) => "session token",
        }
    }
}

impl Login {
    /// The login to use: that of the environment, or else the stored one.
    pub(crate) fn find() -> Result<Self, Failure> {
        let set = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
        // A key must never go to another portal than the one it was set for, so the two are not mixed with the store.
        match (set("DOCSPACE_URL"), set("DOCSPACE_API_KEY")) {
            (Some(url), Some(key)) => {
                let credential = Credential::ApiKey(Secret::from(key.trim()));
                Ok(Self { url, credential, allow_http: false, from_environment: true })
            }
            (Some(_), None) => Err(Failure::no_credentials("DOCSPACE_URL is set, but DOCSPACE_API_KEY is not")
                .advise("set both, or neither to use the stored login")),
            (None, Some(_)) => Err(Failure::no_credentials("DOCSPACE_API_KEY is set, but DOCSPACE_URL is not")
                .advise("set both, or neither to use the stored login")),
            (None, None) => store::read()?.ok_or_else(|| {
                Failure::no_credentials("you are not logged in to a portal")
                    .advise("run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY")
            }),
        }
    }

    /// The portal to work with. Nothing is sent.
    pub(crate) fn portal(&self, allow_http: bool) -> Result<Portal, Failure> {
        let portal = portal_builder(&self.url, self.allow_http || allow_http)?;
        Ok(match &self.credential {
            Credential::ApiKey(key) => portal.api_key(key.clone()),
            Credential::Token(token) => portal.token(token.clone()),
        }
        .build()?)
    }
}

/// Starts to build a portal, after checking that credentials may be sent to its address.
pub(crate) fn portal_builder(url: &str, allow_http: bool) -> Result<PortalBuilder, Failure> {
    let mut builder = Portal::builder(url).idle_timeout(SILENCE);
    if allow_http {
        builder = builder.allow_http();
    }
    match builder.check_address() {
        Ok(()) => Ok(builder),
        // `allow_http` makes the address acceptable, so the only problem is the missing encryption.
        Err(error) if builder.anonymous().build().is_ok() => Err(Failure::from(error)
            .advise("use https://; or, on a network that you trust, add --allow-http or set DOCSPACE_ALLOW_HTTP=1")),
        Err(error) => Err(error.into()),
    }
}

/// The profile behind the credentials; none for a key that is good but may not read it.
///
/// # Errors
///
/// Those of the portal, above all that it does not accept the credentials.
pub(crate) async fn profile(portal: &Portal) -> Result<Option<Profile>, Error> {
    match portal.me().await {
        Ok(me) => Ok(Some(me)),
        // A portal looks at a key's scopes after the key itself, so this one is good (portal-facts 2.3).
        Err(error) if error.is_forbidden() => Ok(None),
        Err(error) => Err(error),
    }
}
