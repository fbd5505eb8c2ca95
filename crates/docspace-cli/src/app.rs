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
    /// Whether credentials may be sent over plain HTTP.
    pub(crate) allow_http: bool,
}

impl App {
    pub(crate) fn new(json: bool, allow_http: bool) -> Self {
        Self { terminal: Terminal::detect(), json, allow_http }
    }

    /// The portal to work with. Nothing is sent.
    pub(crate) fn portal(&self) -> Result<Portal, Failure> {
        auth::Login::find()?.portal(self)
    }
}
