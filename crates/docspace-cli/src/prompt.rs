//! Questions to a person on the terminal, and secrets from standard input.
//!
//! Secrets are never shown, and never taken as arguments, which other users of the computer can see.

use std::io::Read;

use dialoguer::{Confirm, Input, Password, Select};
use docspace::Secret;

use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::text::plain;

/// The longest secret that is read; anything longer is some other file.
const LONGEST: u64 = 4096;

/// Asks a question, and fails unless the answer is yes.
pub(crate) fn confirm(question: &str) -> Result<(), Failure> {
    let answer = Confirm::new().with_prompt(plain(question)).default(false).interact().map_err(failed)?;
    if answer { Ok(()) } else { Err(Failure::local("nothing was done")) }
}

/// Asks for a line.
pub(crate) fn line(what: &str) -> Result<String, Failure> {
    Input::<String>::new().with_prompt(what).interact_text().map_err(failed)
}

/// Asks which of several ways to take, and returns its place in the list.
pub(crate) fn choice(question: &str, ways: &[&str]) -> Result<usize, Failure> {
    Select::new().with_prompt(question).items(ways).default(0).interact().map_err(failed)
}

/// Asks for a secret.
pub(crate) fn secret(terminal: Terminal, what: &str) -> Result<Secret, Failure> {
    if !terminal.can_ask() {
        let failure = Failure::usage(format!("the {what} cannot be asked for without a terminal"));
        return Err(failure.advise("pass it on standard input, with --password-stdin"));
    }
    let answer = Password::new().with_prompt(format!("The {what} (not shown)")).interact();
    Ok(Secret::from(answer.map_err(failed)?.trim().to_owned()))
}

/// Reads a secret from standard input, without the line break at its end.
pub(crate) fn secret_from_stdin(what: &str) -> Result<Secret, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|error| Failure::usage(format!("the {what} cannot be read from standard input: {error}")))?;
    let line = text.trim_end_matches(['\r', '\n']);
    if line.trim().is_empty() {
        return Err(Failure::usage(format!("there is no {what} on standard input")));
    }
    if line.contains('\n') {
        return Err(Failure::usage(format!("standard input holds more than the {what}")));
    }
    Ok(Secret::from(line))
}

/// The failure for a question that got no answer.
fn failed(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(error) = error;
    // A question hides the cursor and leaves it hidden if it breaks off. Without a terminal there is no cursor.
    let _ = console::Term::stderr().show_cursor();
    if error.kind() == std::io::ErrorKind::Interrupted { Failure::interrupted() } else { Failure::from(error) }
}
