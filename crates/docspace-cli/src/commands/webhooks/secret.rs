//! The secret for the signatures of a webhook. It is never an argument.

use clap::Args;
use docspace::Secret;

use crate::failure::Failure;
use crate::prompt;
use crate::terminal::Terminal;

const NAME: &str = "webhook secret";
const VARIABLE: &str = "DOCSPACE_WEBHOOK_SECRET";

/// The source of the secret.
#[derive(Debug, Args)]
pub(super) struct SecretArgs {
    /// Read the secret from standard input (default: DOCSPACE_WEBHOOK_SECRET; if it is not set, the
    /// command asks)
    #[arg(long)]
    secret_stdin: bool,
}

impl SecretArgs {
    /// Whether the flag is given.
    pub(super) fn is_from_stdin(&self) -> bool {
        self.secret_stdin
    }

    /// Returns the secret.
    pub(super) fn get(&self, terminal: Terminal) -> Result<Secret, Failure> {
        if self.secret_stdin && !terminal.stdin {
            return prompt::secret_from_stdin(NAME);
        }
        if let Some(secret) = std::env::var(VARIABLE).ok().filter(|secret| !secret.is_empty()) {
            return Ok(secret.into());
        }
        if !terminal.can_ask() {
            let failure = Failure::usage(format!("the {NAME} is missing"));
            return Err(failure.advise(format!("set {VARIABLE}, or pass it on standard input and add --secret-stdin")));
        }
        prompt::secret(terminal, NAME)
    }
}
