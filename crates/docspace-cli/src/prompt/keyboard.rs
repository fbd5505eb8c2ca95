//! The keys that a person presses at a question.

use console::{Key, Term};

use crate::failure::Failure;

/// Reads keys. Until it is dropped, the terminal shows no typed text, and Ctrl-C is a key: as a
/// signal, it would end the program before the terminal is restored.
pub(super) struct Keyboard {
    term: Term,
    _mode: mode::Quiet,
}

impl Keyboard {
    /// Drops what was typed before the question, because it is not an answer to it.
    pub(super) fn open() -> Self {
        Self { term: Term::stderr(), _mode: mode::Quiet::start() }
    }

    /// Waits for a key. Ctrl-C is a failure.
    pub(super) fn key(&self) -> Result<Key, Failure> {
        match self.term.read_key_raw()? {
            Key::CtrlC => Err(Failure::interrupted_question()),
            key => Ok(key),
        }
    }
}

#[cfg(unix)]
mod mode {
    use std::io::stdin;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The mode of the terminal without echo, line editing and signals of keys. The `console` crate
    /// sets it too, but only while it waits for a key, so text that is pasted at once would be
    /// shown.
    pub(super) struct Quiet {
        before: Option<Termios>,
    }

    impl Quiet {
        pub(super) fn start() -> Self {
            // Standard input may not be a terminal, and then nothing has to be restored.
            let before = tcgetattr(stdin()).ok();
            if let Some(before) = &before {
                let mut quiet = before.clone();
                quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
                // `Flush` drops what was typed before.
                let _ = tcsetattr(stdin(), OptionalActions::Flush, &quiet);
            }
            Self { before }
        }
    }

    impl Drop for Quiet {
        fn drop(&mut self) {
            if let Some(before) = &self.before {
                let _ = tcsetattr(stdin(), OptionalActions::Drain, before);
            }
        }
    }
}

/// On other systems, keys are never shown while a program reads them one by one.
#[cfg(not(unix))]
mod mode {
    pub(super) struct Quiet;

    impl Quiet {
        pub(super) fn start() -> Self {
            Self
        }
    }
}
