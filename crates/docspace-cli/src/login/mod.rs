//! The current login: a portal and a credential for it.

mod file;
pub(crate) mod keyring;
pub(crate) mod portals;

use std::env;
use std::time::Duration;

use docspace::people::Profile;
use docspace::{Error, Portal, PortalBuilder, Secret};

use self::portals::Portals;
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
    /// `None` if the login comes from environment variables.
    pub(crate) stored: Option<Stored>,
}

/// Where a stored login comes from.
pub(crate) struct Stored {
    /// The name of the portal.
    pub(crate) name: String,
    /// Where the credential is: the path of a file, or the name of a keyring.
    pub(crate) place: String,
}

/// A credential.
#[derive(Clone, Debug)]
pub(crate) enum Credential {
    ApiKey(Secret),
    Token(Secret),
}

impl Credential {
    /// The name of this type of credential.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::ApiKey(_) => "API key",
            Self::Token(_) => "session token",
        }
    }

    /// The secret itself.
    pub(crate) fn secret(&self) -> &Secret {
        let (Self::ApiKey(secret) | Self::Token(secret)) = self;
        secret
    }
}

impl Login {
    /// Returns the login that commands use: the stored one of the selected portal, or that of the
    /// environment variables, or the current stored one. `portal` is the value of `--portal`.
    pub(crate) fn find(portal: Option<&str>) -> Result<Self, Failure> {
        if portal.is_some() {
            return Portals::read()?.login(portal);
        }
        // A credential must not go to a portal that it does not belong to, so a variable is never
        // combined with the stored login.
        match (variable("DOCSPACE_URL"), variable("DOCSPACE_API_KEY"), variable("DOCSPACE_PORTAL")) {
            (Some(url), Some(key), None) => {
                let credential = Credential::ApiKey(Secret::from(key.trim()));
                Ok(Self { url, credential, allow_http: false, stored: None })
            }
            (Some(_), None, None) => Err(Failure::no_credentials("DOCSPACE_URL is set, but DOCSPACE_API_KEY is not")
                .advise("set DOCSPACE_API_KEY too, or unset DOCSPACE_URL to use the stored login")),
            (None, Some(_), None) => Err(Failure::no_credentials("DOCSPACE_API_KEY is set, but DOCSPACE_URL is not")
                .advise("set DOCSPACE_URL too, or unset DOCSPACE_API_KEY to use the stored login")),
            (None, None, name) => Portals::read()?.login(name.as_deref().map(str::trim)),
            (_, _, Some(_)) => {
                let failure = Failure::no_credentials("DOCSPACE_PORTAL is set together with a login in variables");
                Err(failure.advise(
                    "unset DOCSPACE_PORTAL, or unset DOCSPACE_URL and DOCSPACE_API_KEY, or select a stored login \
                     with --portal NAME",
                ))
            }
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
    variable(name).is_some()
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Returns the name of the portal that `--portal` or `DOCSPACE_PORTAL` selects.
pub(crate) fn selected_name(portal: Option<&str>) -> Option<String> {
    portal.map(str::to_owned).or_else(|| variable("DOCSPACE_PORTAL").map(|name| name.trim().to_owned()))
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
        (false, false) => {
            let name = variable("DOCSPACE_PORTAL")?;
            return Some(format!("note: DOCSPACE_PORTAL is set, so commands use the portal `{}`", name.trim()));
        }
    };
    Some(format!("note: {set}, so {consequence}; unset them to use it"))
}

/// Adds `https://` to a host without a scheme, such as `acme.onlyoffice.com`. A text that is not a
/// host stays the same: it may be a credential in the wrong place, which must not go to a resolver.
pub(crate) fn with_scheme(address: &str) -> String {
    let address = address.trim();
    let host = address.split(['/', ':', '?']).next().unwrap_or_default();
    let is_host = host == "localhost" || host.contains('.') && host.split('.').all(|label| !label.is_empty());
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-');
    if address.contains("://") || !is_host || host.starts_with("sk-") || !host.chars().all(is_plain) {
        return address.to_owned();
    }
    format!("https://{address}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_get_a_scheme() {
        for host in ["acme.onlyoffice.com", "localhost:8092", "192.0.2.2/docs", "büro.example"] {
            assert_eq!(with_scheme(host), format!("https://{host}"));
        }
        for other in ["http://acme.com", "acme", "sk-0123", "sk-01.23", "ann@acme.com", "a b.c", "/x.y", "x+y.z", ""] {
            assert_eq!(with_scheme(other), other);
        }
    }
}
