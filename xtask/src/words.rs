//! Words for people.

/// Prints a line to standard output, and ignores that the reader has gone away, as `head` does.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}
pub(crate) use say;

/// A count with its noun: `1 entry`, `2 entries`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noun_follows_its_count() {
        let all = [counted(0, "change"), counted(1, "entry"), counted(2, "entry"), counted(3, "change")];
        assert_eq!(all, ["0 changes", "1 entry", "2 entries", "3 changes"]);
    }
}
