//! Completion of the fields after `--json`.

use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::output::Record;

/// Returns the completer for the fields of the record `R`.
pub(crate) fn fields_of<R: Record>() -> ArgValueCompleter {
    ArgValueCompleter::new(|word: &OsStr| {
        let names = R::FIELDS.iter().map(|field| field.name);
        completed(&word.to_string_lossy(), names).into_iter().map(CompletionCandidate::new).collect()
    })
}

/// Completes the last field of a list with commas, without those that precede it.
fn completed(word: &str, names: impl Iterator<Item = &'static str>) -> Vec<String> {
    let (before, last) = word.rsplit_once(',').map_or(("", word), |(before, last)| (before, last));
    let used: Vec<_> = before.split(',').collect();
    let separator = if word.contains(',') { "," } else { "" };
    let is_fit = |name: &&str| {
        name.to_lowercase().starts_with(&last.to_lowercase())
            && !used.iter().any(|used| used.eq_ignore_ascii_case(name))
    };
    names.filter(is_fit).map(|name| format!("{before}{separator}{name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_field_of_a_list_is_completed() {
        let completed = |word| completed(word, ["id", "title", "type", "updated"].into_iter()).join(" ");
        assert_eq!(completed(""), "id title type updated");
        assert_eq!(completed("T"), "title type");
        assert_eq!(completed("title,t"), "title,type");
        assert_eq!(completed("id,type,"), "id,type,title id,type,updated");
        assert_eq!(completed("x"), "");
    }
}
