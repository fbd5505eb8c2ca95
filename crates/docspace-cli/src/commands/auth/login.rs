//! `docspace auth login`.

use clap::Args;
use docspace::Secret;

use crate::app::App;
use crate::failure::Failure;
use crate::login::{self, Credential, store};
use crate::prompt;
use crate::terminal::Terminal;

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
    /// Checks and stores the login, and returns what to tell the user.
    pub(super) async fn run(self, app: &App) -> Result<Vec<String>, Failure> {
        let can_ask = app.terminal.can_ask();
        let url = match self.url.filter(|url| !url.trim().is_empty()) {
            Some(url) => url,
            None if can_ask => prompt::line("Address of the portal")?,
            None => {
                return Err(Failure::usage("the address of the portal is missing")
                    .advise("write it like `docspace auth login https://acme.onlyoffice.com`"));
            }
        };
        // Checked before the prompts: nobody should have to type a password that cannot be sent.
        let builder = login::portal_builder(&url, app.allow_http)?;
        let email = match self.email {
            None if !self.with_key && can_ask && wants_password()? => Some(prompt::line("E-mail address")?),
            email => email,
        };
        let (portal, credential) = match email {
            Some(email) => {
                let password = secret(app.terminal, self.password_stdin, "password")?;
                let portal = builder.sign_in(email, password).await?;
                let token = portal.token().cloned();
                let token = token.ok_or_else(|| Failure::local("signing in gave no session token"))?;
                (portal, Credential::Token(token))
            }
            None => {
                let key = secret(app.terminal, self.with_key || !can_ask, "API key")?;
                (builder.api_key(key.clone()).build()?, Credential::ApiKey(key))
            }
        };
        let profile = login::profile(&portal).await?;
        let path = store::write(portal.url().as_str(), &credential, app.allow_http)?;
        let who = profile
            .map_or_else(|| "; the key may not tell whose it is".to_owned(), |me| format!(" as {}", me.display_name));
        let mut messages = vec![
            format!("logged in to {}{who}", portal.url().as_str().trim_end_matches('/')),
            format!("the login is kept in {}", path.display()),
        ];
        if std::env::var_os("DOCSPACE_API_KEY").is_some() {
            messages.push("note: DOCSPACE_API_KEY is set, so commands use that in place of this login".to_owned());
        }
        Ok(messages)
    }
}

fn wants_password() -> Result<bool, Failure> {
    let ways = ["Paste an API key", "Sign in with e-mail address and password"];
    Ok(prompt::choice("How do you want to log in?", &ways)? == 1)
}

fn secret(terminal: Terminal, from_stdin: bool, what: &str) -> Result<Secret, Failure> {
    if from_stdin { prompt::secret_from_stdin(what) } else { prompt::secret(terminal, what) }
}
