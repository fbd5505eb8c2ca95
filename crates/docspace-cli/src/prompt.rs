//! Questions on the terminal, and secrets from standard input.
//!
//! Secrets are never shown. They are never arguments either, because other users of the computer
//! can see the arguments of a program.

use std::io::Read;

use dialoguer::{Confirm, Input, Password, Select};
use docspace::Secret;

use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::text::plain;

/// Maximum length of a secret in bytes. Longer input is not a key or a password.
const MAX_SECRET_LENGTH: u64 = 4096;

/// Asks a yes-or-no question, and fails unless the answer is yes.
pub(crate) fn confirm(question: &str) -> Result<(), Failure> {
    let answer = Confirm::new().with_prompt(plain(question)).default(false).interact().map_err(failed)?;
    if answer {
        return Ok(());
    }
    Err(Failure::local("not confirmed, so nothing was changed")
        .advise("answer y to continue, or add --yes to skip the question"))
}

/// Asks for one line of text.
pub(crate) fn line(question: &str) -> Result<String, Failure> {
    Input::<String>::new().with_prompt(question).interact_text().map_err(failed)
}

/// Asks for one of several options and returns its index.
pub(crate) fn choice(question: &str, options: &[&str]) -> Result<usize, Failure> {
    Select::new().with_prompt(question).items(options).default(0).interact().map_err(failed)
}

/// Asks for a secret with this name, such as `API key`.
pub(crate) fn secret(terminal: Terminal, name: &str) -> Result<Secret, Failure> {
    if !terminal.can_ask() {
        let failure = Failure::usage(format!("cannot ask for the {name}, because there is no terminal"));
        return Err(failure.advise("pass it on standard input and add --password-stdin"));
    }
    let answer = Password::new().with_prompt(format!("Enter the {name} (not shown)")).interact();
    Ok(Secret::from(answer.map_err(failed)?.trim().to_owned()))
}

/// Reads a secret with this name from standard input. Removes the line break at its end.
pub(crate) fn secret_from_stdin(name: &str) -> Result<Secret, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().take(MAX_SECRET_LENGTH).read_to_string(&mut text).map_err(|error| {
        Failure::usage(format!("cannot read the {name} from standard input: {error}"))
            .advise("redirect a UTF-8 text file that contains it, for example with `< FILE`")
    })?;
    let line = text.trim_end_matches(['\r', '\n']);
    if line.trim().is_empty() {
        return Err(Failure::usage(format!("there is no {name} on standard input"))
            .advise("redirect a file that contains it, for example with `< FILE`"));
    }
    if line.contains('\n') {
        return Err(Failure::usage(format!(
            "standard input contains more than one line, but it must contain only the {name}"
        ))
        .advise(format!("pass a file that contains only the {name}")));
    }
    Ok(Secret::from(line))
}

/// Returns the failure for a question without an answer.
fn failed(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(error) = error;
    // An interrupted question leaves the cursor hidden. Showing it can only fail without a
    // terminal.
    let _ = console::Term::stderr().show_cursor();
    if error.kind() == std::io::ErrorKind::Interrupted { Failure::interrupted_question() } else { Failure::from(error) }
}
