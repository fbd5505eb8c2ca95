//! `docspace auth login`.

use clap::Args;
use docspace::{Error, ErrorKind, PortalBuilder, Secret};

use crate::app::App;
use crate::failure::Failure;
use crate::login::keyring::{Keyring, KeyringUse};
use crate::login::portals::{self, Portals};
use crate::login::{self, Credential};
use crate::prompt;
use crate::spinner::Spinner;
use crate::terminal::Terminal;
use crate::text::plain;

const EXAMPLES: &str = r"Examples:
  docspace auth login acme.onlyoffice.com
  docspace auth login https://acme.onlyoffice.com --with-key < key.txt
  docspace auth login acme.onlyoffice.com --email ann@acme.com
  docspace auth login test.acme.com --portal test

The login is stored with the name after --portal, by default the host, and becomes the current one.
Commands use another one with --portal NAME, or after `docspace auth switch NAME`.

On macOS and Windows, the credential goes to the keyring of the system. On Linux, or with
DOCSPACE_KEYRING=off, it goes to a file that only you can read.";

/// The flags of `docspace auth login`. On a terminal, the command asks for missing values.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LoginArgs {
    /// Portal address, such as acme.onlyoffice.com (default: DOCSPACE_URL; if it is not set, the
    /// command asks)
    #[arg(env = "DOCSPACE_URL", hide_env = true)]
    url: Option<String>,
    /// Read an API key from standard input (the default without a terminal)
    #[arg(long)]
    with_key: bool,
    /// Log in with this e-mail address; the command asks for the password
    #[arg(long, value_name = "EMAIL", conflicts_with = "with_key")]
    email: Option<String>,
    /// Read the password from standard input instead of asking for it (requires --email)
    #[arg(long, requires = "email")]
    password_stdin: bool,
}

impl LoginArgs {
    /// Checks and stores the login, and returns the messages to print.
    pub(super) async fn run(self, app: &App) -> Result<Vec<String>, Failure> {
        let can_ask = app.terminal.can_ask();
        app.portal.as_deref().map_or(Ok(()), portals::check_name)?;
        let keyring_use = KeyringUse::from_environment()?;
        let url = match self.url.filter(|url| !url.trim().is_empty()) {
            Some(url) => url,
            None if can_ask => prompt::line("Portal address")?,
            None => {
                return Err(Failure::usage("the portal address is missing")
                    .advise("pass it as in `docspace auth login https://acme.onlyoffice.com`, or set DOCSPACE_URL"));
            }
        };
        // Checks the address before the prompts, so that no person types a password that cannot be
        // sent.
        let builder = login::portal_builder(&login::with_scheme(&url), app.allow_http)?;
        if can_ask {
            let _spinner = Spinner::start(&builder.clone().anonymous().build()?);
            check_portal(&builder).await?;
        }
        let email = match self.email {
            None if !self.with_key && can_ask && wants_password()? => Some(prompt::line("E-mail address")?),
            email => email,
        };
        let (portal, credential) = match email {
            Some(email) => {
                if !email.contains('@') {
                    return Err(Failure::usage(format!("`{}` is not an e-mail address", plain(&email)))
                        .advise("use the address of your account, such as ann@acme.com"));
                }
                let password = secret(app.terminal, self.password_stdin, "password")?;
                let spinner = Spinner::start(&builder.clone().anonymous().build()?);
                let portal = builder.sign_in(email, password).await.map_err(sign_in_failure)?;
                drop(spinner);
                let token = portal.token().cloned();
                let token = token.ok_or_else(|| {
                    Failure::local("the portal returned no session token")
                        .advise("log in with an API key: `docspace auth login --with-key`")
                })?;
                (portal, Credential::Token(token))
            }
            None => {
                let key = secret(app.terminal, self.with_key || !can_ask, "API key")?;
                (builder.api_key(key.clone()).build()?, Credential::ApiKey(key))
            }
        };
        let spinner = Spinner::start(&portal);
        let profile = login::profile(&portal).await?;
        drop(spinner);
        let url = portal.url().as_str();
        let name = app.portal.clone().unwrap_or_else(|| portals::default_name(url));
        let account = profile.map_or_else(
            || "; to show the name of its owner, the API key needs the scope accounts.self:read".to_owned(),
            |me| format!(" as {}", me.display_name),
        );
        let mut messages = vec![format!("logged in to {}{account}", url.trim_end_matches('/'))];
        messages.extend(store(&name, url, &credential, app.allow_http, keyring_use)?);
        messages.extend(login::environment_note());
        Ok(messages)
    }
}

/// Checks that there is a portal at the address, before a person types a secret.
async fn check_portal(builder: &PortalBuilder) -> Result<(), Failure> {
    match builder.clone().anonymous().build()?.version().await {
        Err(error) if matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout) => Err(error.into()),
        // Another program, or a page of the portal, answers at this address.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Decode) => {
            Err(Failure::from(error).advise("check the address: it must not be that of a page of the portal"))
        }
        _ => Ok(()),
    }
}

fn sign_in_failure(error: Error) -> Failure {
    match error.kind() {
        ErrorKind::Unauthorized => Failure::from(error).advise("check the e-mail address and the password"),
        _ => error.into(),
    }
}

/// Stores the login, and returns the messages to print.
fn store(
    name: &str,
    url: &str,
    credential: &Credential,
    allow_http: bool,
    keyring_use: KeyringUse,
) -> Result<Vec<String>, Failure> {
    let mut messages = Vec::new();
    let (mut portals, is_unusable) = Portals::read().map_or_else(|_| (Portals::default(), true), |read| (read, false));
    let earlier = portals.url(name).map(|url| url.trim_end_matches('/').to_owned());
    let replaced = match keyring_use {
        KeyringUse::Off => portals.put(name, url, credential, allow_http, None)?,
        KeyringUse::Required => portals.put(name, url, credential, allow_http, Some(&Keyring::open()?))?,
        KeyringUse::IfPossible => {
            let put = Keyring::open().and_then(|ring| portals.put(name, url, credential, allow_http, Some(&ring)));
            put.or_else(|failure| {
                messages.push(format!("{}, so the credential is in the file", failure.message()));
                portals.put(name, url, credential, allow_http, None)
            })?
        }
    };
    let path = portals.write()?;
    if keyring_use != KeyringUse::Off && messages.is_empty() {
        messages.push(format!("the credential is stored in {}", Keyring::name()));
    }
    messages.push(format!("the login is stored in {} as `{name}`", path.display()));
    if let Some(url) = earlier {
        messages.push(format!("it replaces the login to {url}"));
    }
    if is_unusable {
        messages.push("it replaces the stored logins, which could not be read or were not private".to_owned());
    }
    if let Err(failure) = replaced.remove() {
        messages.push(format!("the credential of the replaced login is still in the keyring: {}", failure.message()));
    }
    if portals.names().len() > 1 {
        let others = portals.names().into_iter().filter(|other| *other != name).collect::<Vec<_>>().join(", ");
        messages.push(format!("commands now use `{name}`; add --portal NAME to use another one: {others}"));
    }
    Ok(messages)
}

fn wants_password() -> Result<bool, Failure> {
    let options = ["With an API key", "With an e-mail address and a password"];
    Ok(prompt::choice("How do you want to log in?", &options)? == 1)
}

fn secret(terminal: Terminal, from_stdin: bool, name: &str) -> Result<Secret, Failure> {
    // A terminal would show a secret that is read like a file.
    if from_stdin && !terminal.stdin { prompt::secret_from_stdin(name) } else { prompt::secret(terminal, name) }
}
