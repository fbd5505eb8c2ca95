//! `docspace auth login`.

use clap::Args;
use docspace::{ErrorKind, Secret};

use crate::app::App;
use crate::failure::Failure;
use crate::login::{self, Credential, store};
use crate::prompt;
use crate::spinner::Spinner;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace auth login https://acme.onlyoffice.com
  docspace auth login https://acme.onlyoffice.com --with-key < key.txt
  docspace auth login https://acme.onlyoffice.com --email ann@acme.com"#;

/// The flags of `docspace auth login`. On a terminal, the command asks for missing values.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LoginArgs {
    /// Portal address, such as https://acme.onlyoffice.com (default: DOCSPACE_URL; if it is not set,
    /// the command asks)
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
        let builder = login::portal_builder(&url, app.allow_http)?;
        if can_ask {
            // Checks the connection before a person types a secret.
            let portal = builder.clone().anonymous().build()?;
            let _spinner = Spinner::start(&portal);
            match portal.version().await {
                Err(error) if error.kind() == ErrorKind::Transport => return Err(error.into()),
                _ => {}
            }
        }
        let email = match self.email {
            None if !self.with_key && can_ask && wants_password()? => Some(prompt::line("E-mail address")?),
            email => email,
        };
        let (portal, credential) = match email {
            Some(email) => {
                let password = secret(app.terminal, self.password_stdin, "password")?;
                let spinner = Spinner::start(&builder.clone().anonymous().build()?);
                let portal = builder.sign_in(email, password).await?;
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
        let earlier = store::read().ok().flatten().filter(|earlier| earlier.url != portal.url().as_str());
        let path = store::write(portal.url().as_str(), &credential, app.allow_http)?;
        let account = profile.map_or_else(
            || "; to show the name of its owner, the API key needs the scope accounts.self:read".to_owned(),
            |me| format!(" as {}", me.display_name),
        );
        let mut messages = vec![
            format!("logged in to {}{account}", portal.url().as_str().trim_end_matches('/')),
            format!("the login is stored in {}", path.display()),
        ];
        if let Some(earlier) = earlier {
            messages.push(format!("it replaces the login to {}", earlier.url.trim_end_matches('/')));
        }
        messages.extend(login::environment_note());
        Ok(messages)
    }
}

fn wants_password() -> Result<bool, Failure> {
    let options = ["With an API key", "With an e-mail address and a password"];
    Ok(prompt::choice("How do you want to log in?", &options)? == 1)
}

fn secret(terminal: Terminal, from_stdin: bool, name: &str) -> Result<Secret, Failure> {
    // A terminal would show a secret that is read like a file.
    if from_stdin && !terminal.stdin { prompt::secret_from_stdin(name) } else { prompt::secret(terminal, name) }
}
