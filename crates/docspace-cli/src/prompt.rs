//! Questions on the terminal, and secrets from standard input.
//!
//! Secrets are never shown. They are never arguments either, because other users of the computer
//! can see the arguments of a program.

use console::{Key, Term, measure_text_width};
use dialoguer::{Input, Password, Select};
use docspace::Secret;

use crate::failure::Failure;
use crate::input;
use crate::spinner;
use crate::terminal::Terminal;
use crate::text::plain;

/// Maximum length of a secret in bytes. Longer input is not a key or a password.
const MAX_SECRET_LENGTH: usize = 4096;

/// Asks a yes-or-no question, and fails unless the answer is `y` or `yes`.
pub(crate) fn confirm(question: &str) -> Result<(), Failure> {
    let is_yes = |answer: &str| answer.eq_ignore_ascii_case("y") || answer.eq_ignore_ascii_case("yes");
    match answer(&format!("{} [y/N] ", plain(question)))? {
        Some(answer) if is_yes(answer.trim()) => Ok(()),
        _ => Err(Failure::declined("not confirmed, so nothing was changed")),
    }
}

/// Asks for a text that shows that the person means exactly this, and fails for any other answer.
pub(crate) fn confirm_by_typing(question: &str, expected: &str) -> Result<(), Failure> {
    let expected = plain(expected);
    match answer(&format!("{} ", plain(question)))? {
        Some(answer) if answer.trim() == expected.trim() => Ok(()),
        Some(answer) if !answer.trim().is_empty() => {
            Err(Failure::declined(format!("the answer is not `{}`, so nothing was changed", expected.trim())))
        }
        _ => Err(Failure::declined("not confirmed, so nothing was changed")),
    }
}

/// Asks for a line. Returns `None` if the person presses Escape or ends the input. Text that was
/// typed or pasted before the question is not an answer to it.
fn answer(question: &str) -> Result<Option<String>, Failure> {
    drop_typed_ahead();
    let _hold = spinner::hold();
    let term = Term::stderr();
    term.write_str(question)?;
    let answer = read_answer(&term);
    term.write_line("")?;
    answer
}

fn read_answer(term: &Term) -> Result<Option<String>, Failure> {
    const END_OF_INPUT: char = '\u{4}';
    const DELETE_LINE: char = '\u{15}';
    let mut answer = String::new();
    loop {
        match term.read_key_raw()? {
            Key::Enter => return Ok(Some(answer)),
            Key::Escape => return Ok(None),
            Key::Char(END_OF_INPUT) if answer.is_empty() => return Ok(None),
            Key::CtrlC => return Err(Failure::interrupted_question()),
            Key::Backspace => {
                if let Some(letter) = answer.pop() {
                    term.clear_chars(measure_text_width(letter.encode_utf8(&mut [0; 4])))?;
                }
            }
            Key::Char(DELETE_LINE) => term.clear_chars(measure_text_width(&std::mem::take(&mut answer)))?,
            Key::Char(letter) if !letter.is_control() => {
                answer.push(letter);
                term.write_str(letter.encode_utf8(&mut [0; 4]))?;
            }
            _ => {}
        }
    }
}

/// Drops what was typed before the question.
#[cfg(unix)]
fn drop_typed_ahead() {
    // Without a terminal there is nothing to drop.
    let _ = rustix::termios::tcflush(std::io::stdin(), rustix::termios::QueueSelector::IFlush);
}

/// On other systems this needs calls that are not safe in the sense of Rust.
#[cfg(not(unix))]
fn drop_typed_ahead() {}

/// Asks for one line of text.
pub(crate) fn line(question: &str) -> Result<String, Failure> {
    let _hold = spinner::hold();
    Input::<String>::new().with_prompt(question).interact_text().map_err(failed)
}

/// Asks for one of several options and returns its index.
pub(crate) fn choice(question: &str, options: &[&str]) -> Result<usize, Failure> {
    let _hold = spinner::hold();
    let chosen = Select::new().with_prompt(question).items(options).default(0).interact_opt().map_err(failed)?;
    chosen.ok_or_else(|| Failure::declined("no choice was made, so nothing was changed"))
}

/// Asks for a secret with this name, such as `API key`.
pub(crate) fn secret(terminal: Terminal, name: &str) -> Result<Secret, Failure> {
    if !terminal.can_ask() {
        let failure = Failure::usage(format!("cannot ask for the {name}, because there is no terminal"));
        return Err(failure.advise("pass it on standard input and add --password-stdin"));
    }
    let _hold = spinner::hold();
    let answer = Password::new().with_prompt(format!("Enter the {name} (not shown)")).interact();
    Ok(Secret::from(answer.map_err(failed)?.trim().to_owned()))
}

/// Reads a secret with this name from standard input. Removes the line break at its end.
pub(crate) fn secret_from_stdin(name: &str) -> Result<Secret, Failure> {
    let text = input::read_stdin(name, MAX_SECRET_LENGTH)?;
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
