//! Candidates for bash, which neither quotes them nor shows descriptions.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine::{CompletionCandidate, complete};
use clap_complete::env::{Bash as Clap, EnvCompleter};
use console::{Alignment, measure_text_width, pad_str, truncate_str};

/// The completion types that insert each candidate into the command line, so that it must not have
/// a description: menu completion, and the insertion of all candidates.
const INSERTING: [&str; 2] = ["37", "42"];

/// Maximum width of a description in columns.
const DESCRIPTION_WIDTH: usize = 60;

/// The completion for bash.
pub(super) struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        Clap.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        Clap.write_registration(var, name, bin, completer, buf)
    }

    fn write_complete(
        &self,
        cmd: &mut clap::Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let index = variable("_CLAP_COMPLETE_INDEX").parse().unwrap_or_default();
        let separator = variable("_CLAP_IFS");
        let separator = if separator.is_empty() { "\n" } else { &separator };
        let is_word_empty = args.get(index).is_none_or(|word: &OsString| word.is_empty());
        let candidates = complete(cmd, args, index, current_dir)?;
        let is_inserting = INSERTING.contains(&&*variable("_CLAP_COMPLETE_COMP_TYPE"));
        let lines = lines(&candidates, is_word_empty, !is_inserting);
        buf.write_all(lines.join(separator).as_bytes())
    }
}

/// Returns the candidates as bash takes them. Several of them have their descriptions, of which
/// bash inserts nothing: it inserts what is common to all of them.
fn lines(candidates: &[CompletionCandidate], is_word_empty: bool, with_descriptions: bool) -> Vec<String> {
    let value = |candidate: &CompletionCandidate| candidate.get_value().to_string_lossy().into_owned();
    let is_flag = |candidate: &&CompletionCandidate| value(candidate).starts_with('-');
    // Before a person types anything, flags would hide the rest.
    let must_hide_flags = is_word_empty && !candidates.iter().all(|candidate| is_flag(&candidate));
    let shown: Vec<_> = candidates.iter().filter(|candidate| !(must_hide_flags && is_flag(candidate))).collect();
    let values: Vec<_> = shown.iter().map(|candidate| escaped(&value(candidate))).collect();
    if values.len() < 2 || !with_descriptions {
        return values;
    }
    let width = values.iter().map(|value| measure_text_width(value)).max().unwrap_or_default();
    let described = values.iter().zip(shown).map(|(value, candidate)| {
        let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        match help.lines().next().filter(|line| !line.is_empty()) {
            Some(line) => {
                let line = truncate_str(line, DESCRIPTION_WIDTH, "…");
                format!("{}  ({line})", pad_str(value, width, Alignment::Left, None))
            }
            None => value.clone(),
        }
    });
    described.collect()
}

/// Escapes characters with a meaning for bash. A title of another person must not run a command.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"-_./,=:@%+".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(value: &str, help: &str) -> CompletionCandidate {
        CompletionCandidate::new(value).help(Some(help.to_owned().into()))
    }

    #[test]
    fn several_candidates_have_descriptions() {
        let rooms = [candidate("7", "Audit"), candidate("17", "Deal"), candidate("--json", "Print JSON")];
        assert_eq!(lines(&rooms, true, true), ["7   (Audit)", "17  (Deal)"]);
        assert_eq!(lines(&rooms, true, false), ["7", "17"]);
        assert_eq!(lines(&rooms[..1], true, true), ["7"]);
        assert_eq!(lines(&rooms[2..], true, true), ["--json"]);
        assert_eq!(lines(&rooms[1..], false, true), ["17      (Deal)", "--json  (Print JSON)"]);
    }

    #[test]
    fn titles_are_escaped() {
        assert_eq!(escaped("Audit 2026"), "Audit\\ 2026");
        assert_eq!(escaped("$(reboot)`x`;&監査'\""), "\\$\\(reboot\\)\\`x\\`\\;\\&監査\\'\\\"");
        assert_eq!(escaped("--json=id,title"), "--json=id,title");
    }
}
