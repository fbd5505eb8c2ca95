//! What every command works with: the terminal, and the portal that the credentials name.

use docspace::Portal;

use crate::auth;
use crate::failure::Failure;
use crate::output::Terminal;

/// One run of the program.
pub(crate) struct App {
    /// What it talks to on this side.
    pub(crate) terminal: Terminal,
    /// Whether failures are told as JSON.
    pub(crate) json: bool,
}

impl App {
    pub(crate) fn new(json: bool) -> Self {
        Self { terminal: Terminal::detect(), json }
    }

    /// The portal to work with. Nothing is sent.
    pub(crate) fn portal(&self) -> Result<Portal, Failure> {
        auth::Login::find()?.portal()
    }
}
