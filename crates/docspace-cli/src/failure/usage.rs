//! Failures for arguments that clap rejects.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use console::strip_ansi_codes;
use docspace::api::is_unprintable;
use shell_words::quote;

use super::Failure;
use crate::text::{plain, plain_lines};

impl Failure {
    /// Converts clap's error. The usage line becomes the hint.
    pub(crate) fn usage_of(error: &clap::Error) -> Self {
        let text = text(error);
        let text = text.replace("For more information, try '--help'.", "");
        let text = text.trim().trim_start_matches("error: ");
        let (message, rest) = text.split_once("\n\nUsage:").unwrap_or((text, ""));
        let usage = rest.split("\n\n").next().unwrap_or_default().trim();
        let mut failure = Self::usage("");
        failure.0.message = message.to_owned();
        failure.advise(if usage.is_empty() { String::new() } else { format!("usage: {usage}") })
    }
}

/// Words of other programs, and the commands for them.
const OTHER_WORDS: [(&str, &str); 7] = [
    ("invite", "members add"),
    ("login", "auth login"),
    ("logout", "auth logout"),
    ("share", "links create"),
    ("user", "people"),
    ("users", "people"),
    ("whoami", "auth status"),
];

/// The largest number of different letters in a tip: `restor` is a typing error, `remove` is not.
/// Short words have at most one for three letters.
const MAX_TYPING_ERRORS: usize = 2;

/// Removes tips that can mean the opposite of what a person typed, such as `archive` for
/// `unarchive`, and adds one for values that begin with a hyphen.
pub(crate) fn with_better_tips(mut error: clap::Error, arguments: &[String]) -> clap::Error {
    for (typed, tip) in [
        (ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand),
        (ContextKind::InvalidArg, ContextKind::SuggestedArg),
        (ContextKind::InvalidValue, ContextKind::SuggestedValue),
    ] {
        let Some(typed) = texts(error.get(typed)).next() else {
            continue;
        };
        let near: Vec<_> = texts(error.get(tip)).filter(|tip| is_typing_error(typed, tip)).map(str::to_owned).collect();
        match (near.as_slice(), error.get(tip)) {
            ([only], Some(ContextValue::String(_))) => error.insert(tip, ContextValue::String(only.clone())),
            ([], _) => error.remove(tip),
            _ => error.insert(tip, ContextValue::Strings(near)),
        };
    }
    // Clap prints an empty line for an empty list.
    if matches!(error.get(ContextKind::Suggested), Some(ContextValue::StyledStrs(tips)) if tips.is_empty()) {
        error.remove(ContextKind::Suggested);
    }
    if let Some(command) = command_tip(&error) {
        let tip = format!("use `docspace {command}`");
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
        return error;
    }
    let tip = match error.kind() {
        ErrorKind::UnknownArgument => value_tip(&error, arguments),
        ErrorKind::MissingRequiredArgument => json_tip(&error, arguments),
        _ => return error,
    };
    error.remove(ContextKind::Suggested);
    if let Some(tip) = tip {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

fn texts(value: Option<&ContextValue>) -> impl Iterator<Item = &str> {
    let texts: &[String] = match value {
        Some(ContextValue::String(text)) => std::slice::from_ref(text),
        Some(ContextValue::Strings(texts)) => texts,
        _ => &[],
    };
    texts.iter().map(String::as_str)
}

fn is_typing_error(typed: &str, tip: &str) -> bool {
    let is_flag = typed.starts_with("--");
    let (typed, tip) = (typed.trim_start_matches('-'), tip.trim_start_matches('-'));
    // `--all` is not the beginning of `--allow-http`, but a flag of other commands.
    let is_beginning = tip.strip_prefix(typed).is_some_and(|rest| !is_flag || rest.starts_with('-'));
    is_beginning || strsim::osa_distance(typed, tip) <= MAX_TYPING_ERRORS.min(typed.chars().count() / 3)
}

/// Returns the command for a word that other programs use for it.
fn command_tip(error: &clap::Error) -> Option<&'static str> {
    let typed = texts(error.get(ContextKind::InvalidSubcommand)).next()?;
    OTHER_WORDS.iter().find(|(word, _)| *word == typed).map(|(_, command)| *command)
}

/// Returns the tip for a title that begins with a hyphen.
fn value_tip(error: &clap::Error, arguments: &[String]) -> Option<String> {
    let unknown = texts(error.get(ContextKind::InvalidArg)).next()?;
    let value = arguments.iter().find(|argument| argument.starts_with(unknown) && argument.contains(' '))?;
    Some(format!("to pass this value, put it at the end, after `--`: -- {}", quote(&plain(value))))
}

/// Returns the tip for a `--json` without fields that takes the next argument.
fn json_tip(error: &clap::Error, arguments: &[String]) -> Option<String> {
    let missing = texts(error.get(ContextKind::InvalidArg)).next()?.to_owned();
    let flag = arguments.iter().position(|argument| argument == "--json")?;
    let taken = arguments.get(flag + 1).filter(|taken| taken.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(format!("`--json {taken}` takes {taken} as the name of a field: put {missing} before it"))
}

/// Formats clap's error without control characters from the arguments, so that all line breaks come
/// from clap. Clap quotes the arguments, and a script may have taken them from another source.
pub(crate) fn text(error: &clap::Error) -> String {
    // Removing the colors would also remove parts of an argument, so arguments are first replaced
    // with their printable form.
    let mut text = error.render().ansi().to_string();
    for argument in std::env::args_os() {
        let argument = argument.to_string_lossy();
        let value = argument.split_once('=').map_or(&*argument, |(_, value)| value);
        for quoted in [&*argument, value] {
            if quoted.contains(is_unprintable) {
                text = text.replace(quoted, &plain(quoted));
            }
        }
    }
    plain_lines(&strip_ansi_codes(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_typing_errors_get_a_tip() {
        for (typed, tip) in
            [("archiv", "archive"), ("lsit", "list"), ("--tilte", "--title"), ("--password", "--password-stdin")]
        {
            assert!(is_typing_error(typed, tip), "{typed}");
        }
        for (typed, tip) in [
            ("remove", "restore"),
            ("duplicate", "delete"),
            ("leave", "create"),
            ("groups", "rooms"),
            ("write", "review"),
            ("FETCH", "PATCH"),
            ("--all", "--allow-http"),
        ] {
            assert!(!is_typing_error(typed, tip), "{typed}");
        }
    }
}
