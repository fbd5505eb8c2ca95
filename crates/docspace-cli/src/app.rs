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
    /// The name of the portal that `--portal` selects.
    pub(crate) portal: Option<String>,
}

impl App {
    /// Returns the login that commands use. Sends nothing.
    pub(crate) fn login(&self) -> Result<Login, Failure> {
        Login::find(self.portal.as_deref())
    }

    /// Returns a session on the portal of the login. Sends nothing.
    pub(crate) fn session(&self) -> Result<Session, Failure> {
        Ok(Session { portal: self.login()?.portal(self.allow_http)?, terminal: self.terminal })
    }
}
