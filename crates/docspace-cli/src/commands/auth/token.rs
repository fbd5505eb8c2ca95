//! `docspace auth token`.

use clap::Args;

use crate::app::App;
use crate::failure::Failure;
use crate::terminal;

const EXAMPLES: &str = r#"Examples:
  docspace auth token
  docspace auth token --portal test

To give the key to another program:
  DOCSPACE_URL=https://acme.onlyoffice.com DOCSPACE_API_KEY="$(docspace auth token)" ./nightly

Everyone who sees the credential can act as you. A program sends an API key in the header
`Authorization: Bearer KEY`, and a session token without the word Bearer."#;

/// The arguments of `docspace auth token`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TokenArgs {}

impl TokenArgs {
    /// Prints the credential. Sends nothing.
    pub(super) fn run(self, app: &App) -> Result<(), Failure> {
        terminal::write(&format!("{}\n", app.login()?.credential.secret().expose()))
    }
}
