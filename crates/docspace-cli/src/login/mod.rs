//! The current login: a portal and a credential for it.

pub(crate) mod store;

use std::env;
use std::time::Duration;

use docspace::people::Profile;
use docspace::{Error, Portal, PortalBuilder, Secret};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Maximum time without data from the portal during a call.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// A portal and a credential for it.
pub(crate) struct Login {
    /// The address of the portal.
    pub(crate) url: String,
    /// The credential of the caller.
    pub(crate) credential: Credential,
    /// Whether the credential may be sent over plain HTTP. The stored login contains this too.
    pub(crate) allow_http: bool,
    /// Whether the login comes from environment variables, not from the stored login.
    pub(crate) from_environment: bool,
}

/// A credential, in the form in which it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "secret", rename_all = "kebab-case")]
pub(crate) enum Credential {
    ApiKey(Secret),
    Token(Secret),
}

impl Login {
    /// Returns the login of the environment variables or, if neither is set, the stored one.
    pub(crate) fn find() -> Result<Self, Failure> {
        let set = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
        // A credential must not go to a portal that it does not belong to, so a variable is never
        // combined with the stored login.
        match (set("DOCSPACE_URL"), set("DOCSPACE_API_KEY")) {
            (Some(url), Some(key)) => {
                let credential = Credential::ApiKey(Secret::from(key.trim()));
                Ok(Self { url, credential, allow_http: false, from_environment: true })
            }
            (Some(_), None) => Err(Failure::no_credentials("DOCSPACE_URL is set, but DOCSPACE_API_KEY is not")
                .advise("set DOCSPACE_API_KEY too, or unset DOCSPACE_URL to use the stored login")),
            (None, Some(_)) => Err(Failure::no_credentials("DOCSPACE_API_KEY is set, but DOCSPACE_URL is not")
                .advise("set DOCSPACE_URL too, or unset DOCSPACE_API_KEY to use the stored login")),
            (None, None) => store::read()?.ok_or_else(|| {
                Failure::no_credentials("you are not logged in to a portal")
                    .advise("run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY")
            }),
        }
    }

    /// Returns the portal of this login. Sends nothing.
    pub(crate) fn portal(&self, allow_http: bool) -> Result<Portal, Failure> {
        let portal = portal_builder(&self.url, self.allow_http || allow_http)?;
        Ok(match &self.credential {
            Credential::ApiKey(key) => portal.api_key(key.clone()),
            Credential::Token(token) => portal.token(token.clone()),
        }
        .build()?)
    }
}

/// Whether the variables contain a complete login.
pub(crate) fn has_environment_login() -> bool {
    is_set("DOCSPACE_URL") && is_set("DOCSPACE_API_KEY")
}

fn is_set(name: &str) -> bool {
    env::var(name).is_ok_and(|value| !value.trim().is_empty())
}

/// Returns the note for people whose variables keep commands from using the stored login.
pub(crate) fn environment_note() -> Option<String> {
    let (set, consequence) = match (is_set("DOCSPACE_URL"), is_set("DOCSPACE_API_KEY")) {
        (true, true) => ("DOCSPACE_URL and DOCSPACE_API_KEY are set", "commands use them and not the stored login"),
        (true, false) => {
            ("DOCSPACE_URL is set without DOCSPACE_API_KEY", "commands fail and do not use the stored login")
        }
        (false, true) => {
            ("DOCSPACE_API_KEY is set without DOCSPACE_URL", "commands fail and do not use the stored login")
        }
        (false, false) => return None,
    };
    Some(format!("note: {set}, so {consequence}; unset them to use it"))
}

/// Returns a builder for the portal, after checking that credentials may be sent to its address.
pub(crate) fn portal_builder(url: &str, allow_http: bool) -> Result<PortalBuilder, Failure> {
    let mut builder = Portal::builder(url).idle_timeout(IDLE_TIMEOUT);
    if allow_http {
        builder = builder.allow_http();
    }
    match builder.check_address() {
        Ok(()) => Ok(builder),
        // Without credentials the address is accepted, so the only problem is the missing
        // encryption.
        Err(error) if builder.anonymous().build().is_ok() => Err(Failure::from(error).advise(
            "use an https:// address; on a network that you trust, add --allow-http or set DOCSPACE_ALLOW_HTTP=1",
        )),
        Err(error) => Err(error.into()),
    }
}

/// Reads the profile of the caller. Returns `None` for a valid API key without the scope for this
/// call.
///
/// # Errors
///
/// - [`Unauthorized`](docspace::ErrorKind::Unauthorized): the portal does not accept the
///   credential.
pub(crate) async fn profile(portal: &Portal) -> Result<Option<Profile>, Error> {
    match portal.me().await {
        Ok(me) => Ok(Some(me)),
        // A 403 means that the key is valid but lacks the scope
        // (docs/portal/keys-and-scopes.md#when-a-scope-is-missing).
        Err(error) if error.is_forbidden() => Ok(None),
        Err(error) => Err(error),
    }
}
