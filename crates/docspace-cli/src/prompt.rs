//! Questions on the terminal, and secrets from standard input.
//!
//! Secrets are never shown. They are never arguments either, because other users of the computer
//! can see the arguments of a program.

mod keyboard;

use console::{Key, Term, measure_text_width};
use docspace::Secret;

use self::keyboard::Keyboard;
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

/// Whether the terminal shows what a person types.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Echo {
    Shown,
    Hidden,
}

/// Asks for a line. Returns `None` if the person presses Escape or ends the input.
fn answer(question: &str) -> Result<Option<String>, Failure> {
    ask(question, Echo::Shown)
}

fn ask(question: &str, echo: Echo) -> Result<Option<String>, Failure> {
    let _hold = spinner::hold();
    let keyboard = Keyboard::open();
    let term = Term::stderr();
    term.write_str(question)?;
    let answer = read_answer(&keyboard, &term, echo);
    term.write_line("")?;
    answer
}

fn read_answer(keyboard: &Keyboard, term: &Term, echo: Echo) -> Result<Option<String>, Failure> {
    const END_OF_INPUT: char = '\u{4}';
    const DELETE_LINE: char = '\u{15}';
    let clear = |text: &str| match echo {
        Echo::Shown => term.clear_chars(measure_text_width(text)),
        Echo::Hidden => Ok(()),
    };
    let mut answer = String::new();
    loop {
        match keyboard.key()? {
            Key::Enter => return Ok(Some(answer)),
            Key::Escape => return Ok(None),
            Key::Char(END_OF_INPUT) if answer.is_empty() => return Ok(None),
            Key::Backspace => {
                if let Some(letter) = answer.pop() {
                    clear(letter.encode_utf8(&mut [0; 4]))?;
                }
            }
            Key::Char(DELETE_LINE) => clear(&std::mem::take(&mut answer))?,
            Key::Char(letter) if !letter.is_control() => {
                answer.push(letter);
                if echo == Echo::Shown {
                    term.write_str(letter.encode_utf8(&mut [0; 4]))?;
                }
            }
            _ => {}
        }
    }
}

/// Asks for one line of text, until it is not blank.
pub(crate) fn line(question: &str) -> Result<String, Failure> {
    loop {
        let answer = answer(&format!("{}: ", plain(question)))?.ok_or_else(no_answer)?;
        if !answer.trim().is_empty() {
            return Ok(answer);
        }
    }
}

/// Asks for one of several options and returns its index. The first one is chosen until the person
/// moves to another with the arrow keys.
pub(crate) fn choice(question: &str, options: &[&str]) -> Result<usize, Failure> {
    let _hold = spinner::hold();
    let keyboard = Keyboard::open();
    let term = Term::stderr();
    let count = options.len();
    let mut chosen = 0;
    term.write_line(&plain(question))?;
    loop {
        for (index, option) in options.iter().enumerate() {
            let mark = if index == chosen { '>' } else { ' ' };
            term.write_line(&format!("{mark} {}", plain(option)))?;
        }
        match keyboard.key()? {
            Key::Enter => return Ok(chosen),
            Key::Escape => return Err(no_answer()),
            Key::ArrowUp | Key::BackTab => chosen = (chosen + count - 1) % count,
            Key::ArrowDown | Key::Tab => chosen = (chosen + 1) % count,
            _ => {}
        }
        term.clear_last_lines(count)?;
    }
}

/// The failure for a question that the person left with Escape.
fn no_answer() -> Failure {
    Failure::declined("no answer was given, so nothing was changed")
}

/// Asks for a secret with this name, such as `API key`.
pub(crate) fn secret(terminal: Terminal, name: &str) -> Result<Secret, Failure> {
    if !terminal.can_ask() {
        let failure = Failure::usage(format!("cannot ask for the {name}, because there is no terminal"));
        return Err(failure.advise("pass it on standard input and add --password-stdin"));
    }
    loop {
        let answer = ask(&format!("Enter the {name} (not shown): "), Echo::Hidden)?.ok_or_else(no_answer)?;
        if !answer.trim().is_empty() {
            return Ok(Secret::from(answer.trim().to_owned()));
        }
    }
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
