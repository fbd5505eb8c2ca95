//! The state of one run of the program.

use crate::failure::Failure;
use crate::login::Login;
use crate::session::Session;
use crate::terminal::Terminal;

/// The streams and the global flags of this run.
pub(crate) struct App {
    /// The standard streams.
    pub(crate) terminal: Terminal,
    /// Whether credentials may be sent over plain HTTP.
    pub(crate) allow_http: bool,
}

impl App {
    /// Returns a session on the portal of the current login. Sends nothing.
    pub(crate) fn session(&self) -> Result<Session, Failure> {
        Ok(Session { portal: Login::find()?.portal(self.allow_http)?, terminal: self.terminal })
    }
}
