//! What a command runs with.

use docspace::Portal;

use crate::terminal::Terminal;

/// The two sides a command talks to.
#[derive(Clone)]
pub(crate) struct Session {
    /// The portal it works on.
    pub(crate) portal: Portal,
    /// Where it shows progress and asks questions.
    pub(crate) terminal: Terminal,
}
