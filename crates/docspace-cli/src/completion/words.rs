//! The words of a command line, as shells pass them.

use std::borrow::Cow;

/// Removes the quotes and backslashes that a shell passes. The word at the cursor can lack its
/// closing quote.
pub(super) fn unquoted(word: &str) -> Cow<'_, str> {
    for end in ["", "\"", "'"] {
        match shell_words::split(&format!("{word}{end}")).as_deref() {
            Ok([only]) => return Cow::Owned(only.clone()),
            Ok([]) => return Cow::Borrowed(""),
            // Several words are one word of a shell that passes it without quotes.
            Ok(_) => return Cow::Borrowed(word),
            Err(_) => {}
        }
    }
    Cow::Borrowed(word)
}

/// Returns the words of the command line before the cursor, from the arguments of the program.
pub(super) fn before_cursor() -> Vec<String> {
    let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
    let mut words: Vec<_> = words.map(|word| unquoted(&word.to_string_lossy()).into_owned()).collect();
    let index = std::env::var("_CLAP_COMPLETE_INDEX").ok().and_then(|index| index.parse().ok());
    words.truncate(index.unwrap_or_else(|| words.len().saturating_sub(1)));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_removed_even_if_they_are_open() {
        for (word, expected) in [
            ("", ""),
            ("17", "17"),
            ("\"Audit 2026\"", "Audit 2026"),
            ("Audit\\ 2026", "Audit 2026"),
            ("'Audit 20", "Audit 20"),
            ("\"Audit 20", "Audit 20"),
            ("Audit 2026", "Audit 2026"),
        ] {
            assert_eq!(unquoted(word), expected, "{word}");
        }
    }
}
