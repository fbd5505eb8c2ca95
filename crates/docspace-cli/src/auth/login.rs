//! `docspace auth login`.

use clap::Args;
use dialoguer::{Input, Select};
use docspace::{Error, Portal, Profile, Secret};

use super::{Credential, store};
use crate::app::App;
use crate::failure::Failure;
use crate::output::tell;
use crate::secret::{self, prompt_failed};

const EXAMPLES: &str = r#"Examples:
  docspace auth login https://acme.onlyoffice.com
  docspace auth login https://acme.onlyoffice.com --with-key < key.txt
  docspace auth login https://acme.onlyoffice.com --email ann@acme.com"#;

/// How to log in. On a terminal, what is missing is asked for.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LoginArgs {
    /// The portal's address, such as https://acme.onlyoffice.com
    #[arg(env = "DOCSPACE_URL", hide_env = true)]
    url: Option<String>,
    /// Read an API key from standard input; the default where there is no terminal
    #[arg(long)]
    with_key: bool,
    /// Sign in with this e-mail address and a password, which is asked for
    #[arg(long, value_name = "EMAIL", conflicts_with = "with_key")]
    email: Option<String>,
    /// Read the password from standard input
    #[arg(long, requires = "email")]
    password_stdin: bool,
}

impl LoginArgs {
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        let url = match self.url.filter(|url| !url.trim().is_empty()) {
            Some(url) => url,
            None if app.terminal.can_ask() => ask("Address of the portal")?,
            None => {
                return Err(Failure::usage("the address of the portal is missing")
                    .advise("write it like `docspace auth login https://acme.onlyoffice.com`"));
            }
        };
        // Checked before the prompts: nobody should have to type a password that cannot be sent.
        let builder = super::builder(&url, app.allow_http)?;
        let email = match self.email {
            None if !self.with_key && app.terminal.can_ask() && wants_password()? => Some(ask("E-mail address")?),
            email => email,
        };
        let (portal, credential) = match email {
            Some(email) => {
                let password =
                    if self.password_stdin { secret::read("password")? } else { secret::ask(app, "password")? };
                let portal = builder.sign_in(email, password).await?;
                let token = portal.token().cloned();
                let token = token.ok_or_else(|| Failure::local("signing in gave no session token"))?;
                (portal, Credential::Token(token))
            }
            None => {
                let key = key(app, self.with_key)?;
                (builder.api_key(key.clone()).build()?, Credential::ApiKey(key))
            }
        };
        let profile = profile(&portal).await?;
        let path = store::write(portal.url().as_str(), &credential, app.allow_http)?;
        let who = profile
            .map_or_else(|| "; the key may not tell whose it is".to_owned(), |me| format!(" as {}", me.display_name));
        tell(&format!("logged in to {}{who}", portal.url().as_str().trim_end_matches('/')));
        tell(&format!("the login is kept in {}", path.display()));
        if std::env::var_os("DOCSPACE_API_KEY").is_some() {
            tell("note: DOCSPACE_API_KEY is set, so commands use that in place of this login");
        }
        Ok(())
    }
}

fn ask(what: &str) -> Result<String, Failure> {
    Input::<String>::new().with_prompt(what).interact_text().map_err(prompt_failed)
}

fn wants_password() -> Result<bool, Failure> {
    let ways = ["Paste an API key", "Sign in with e-mail address and password"];
    let way = Select::new().with_prompt("How do you want to log in?").items(ways).default(0).interact();
    Ok(way.map_err(prompt_failed)? == 1)
}

fn key(app: &App, from_stdin: bool) -> Result<Secret, Failure> {
    if from_stdin || !app.terminal.can_ask() { secret::read("API key") } else { secret::ask(app, "API key") }
}

/// The profile behind the credentials; none for a key that is good but may not read it.
///
/// # Errors
///
/// Those of the portal, above all that it does not accept the credentials.
pub(super) async fn profile(portal: &Portal) -> Result<Option<Profile>, Error> {
    match portal.me().await {
        Ok(me) => Ok(Some(me)),
        // A portal looks at a key's scopes after the key itself, so this one is good (portal-facts 2.3).
        Err(error) if error.is_forbidden() => Ok(None),
        Err(error) => Err(error),
    }
}
