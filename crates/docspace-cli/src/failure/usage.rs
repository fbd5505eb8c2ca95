//! Arguments that clap refuses.

use console::strip_ansi_codes;
use docspace::api::is_unprintable;

use super::Failure;
use crate::text::{plain, plain_lines};

impl Failure {
    /// The failure for arguments that clap refuses.
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

/// Formats clap's error so that all line breaks come from clap. The error quotes the arguments,
/// which a script may have received from elsewhere.
pub(crate) fn text(error: &clap::Error) -> String {
    // Stripping the colors would also strip parts of an argument, so arguments are replaced with their printable form
    // first.
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
