//! Failures for arguments that clap rejects.

use console::strip_ansi_codes;
use docspace::api::is_unprintable;

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
