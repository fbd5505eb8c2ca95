//! The portal and the terminal of a command.

use docspace::Portal;

use crate::terminal::Terminal;

/// The portal and the terminal that a command works with.
#[derive(Clone)]
pub(crate) struct Session {
    /// The portal of the current login.
    pub(crate) portal: Portal,
    /// Where the command shows progress and asks questions.
    pub(crate) terminal: Terminal,
}
