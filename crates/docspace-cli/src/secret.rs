//! Reading keys and passwords without showing them, and without ever taking them as arguments, which others on the
//! computer can see.

use std::io::Read;

use dialoguer::Password;
use docspace::Secret;

use crate::app::App;
use crate::failure::Failure;

/// The longest secret that is read; more is some other file.
const LONGEST: u64 = 4096;

/// Asks on the terminal.
pub(crate) fn ask(app: &App, what: &str) -> Result<Secret, Failure> {
    if !app.terminal.can_ask() {
        let failure = Failure::usage(format!("the {what} cannot be asked for without a terminal"));
        return Err(failure.advise("pass it on standard input, with --password-stdin"));
    }
    let answer = Password::new().with_prompt(format!("The {what} (not shown)")).interact();
    Ok(Secret::from(answer.map_err(prompt_failed)?.trim().to_owned()))
}

/// Reads it from standard input, without the line break at its end.
pub(crate) fn read(what: &str) -> Result<Secret, Failure> {
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

/// What it means that a question got no answer.
pub(crate) fn prompt_failed(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(error) = error;
    // Questions hide the cursor and leave it so when they break off; without a terminal there is none.
    let _ = console::Term::stderr().show_cursor();
    if error.kind() == std::io::ErrorKind::Interrupted { Failure::interrupted() } else { Failure::from(error) }
}
