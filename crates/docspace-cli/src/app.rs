//! How the program was started.

use crate::failure::Failure;
use crate::login::Login;
use crate::session::Session;
use crate::terminal::Terminal;

/// One run of the program.
pub(crate) struct App {
    /// The terminal or the streams of the caller.
    pub(crate) terminal: Terminal,
    /// Whether credentials may be sent over plain HTTP.
    pub(crate) allow_http: bool,
}

impl App {
    /// A session on the portal of the current login. Nothing is sent.
    pub(crate) fn session(&self) -> Result<Session, Failure> {
        Ok(Session { portal: Login::find()?.portal(self.allow_http)?, terminal: self.terminal })
    }
}
