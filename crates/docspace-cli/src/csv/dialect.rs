//! How a CSV file separates its cells.

use csv::{ReaderBuilder, StringRecord};

/// The separators that spreadsheet programs write. In much of Europe, Excel writes semicolons,
/// because the comma separates decimals there.
pub(super) const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// The separator of a file, and whether the file begins with a byte order mark. Excel needs the
/// mark to read letters beyond ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(super) separator: u8,
    pub(super) has_mark: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { separator: SEPARATORS[0], has_mark: false }
    }
}

/// Whether the bytes begin with a byte order mark of UTF-8 or UTF-16.
pub(super) fn has_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xbb, 0xbf, ..] | [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

/// Returns the separator that the first line names, as in `sep=;`, which Excel writes and hides,
/// and the length of that line.
pub(super) fn named_separator(text: &str) -> Option<(u8, usize)> {
    let line = text.split(['\r', '\n']).next()?;
    // Other programs quote the line if it contains the separator of the file.
    let name = line.trim_matches('"');
    let separator = *name.get(..4).filter(|name| name.eq_ignore_ascii_case("sep=")).and(name.as_bytes().get(4))?;
    (name.len() == 5 && SEPARATORS.contains(&separator)).then_some((separator, line.len()))
}

/// Returns the separator with which the header has the most known names or, if it has none of them,
/// the most cells.
pub(super) fn separator_of_header(text: &str, is_known: impl Fn(&str) -> bool) -> u8 {
    let score = |separator: &u8| {
        let mut reader = reader(text, *separator);
        let mut header = StringRecord::new();
        let has_header = reader.read_record(&mut header).unwrap_or(false);
        let known = header.iter().filter(|name| is_known(name)).count();
        (known, if has_header { header.len() } else { 0 })
    };
    // Of equal ones, `max_by_key` returns the last.
    SEPARATORS.iter().rev().copied().max_by_key(score).unwrap_or(SEPARATORS[0])
}

/// Returns a reader of all lines, the header included.
pub(super) fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separator_is_that_of_the_known_names() {
        let separator = |text: &str| char::from(separator_of_header(text, |name| ["title", "tags"].contains(&name)));
        assert_eq!(separator("title,tags\n"), ',');
        assert_eq!(separator("title;tags\n"), ';');
        assert_eq!(separator("title\ttags\n"), '\t');
        assert_eq!(separator("title\n"), ',', "one column");
        assert_eq!(separator("title;\"a,b,c,d\"\n"), ';', "the commas are quoted");
        assert_eq!(separator("titel;tag\n"), ';', "no known name");
        assert_eq!(separator(""), ',');
    }

    #[test]
    fn first_line_of_excel_names_the_separator() {
        assert_eq!(named_separator("sep=;\r\ntitle"), Some((b';', 5)));
        assert_eq!(named_separator("SEP=\t\ntitle"), Some((b'\t', 5)));
        assert_eq!(named_separator("\"sep=,\"\ntitle"), Some((b',', 7)));
        for other in ["sep=|\n", "sep=;;\n", "title;sep=;\n", "sep=\n", "", "监査監査"] {
            assert_eq!(named_separator(other), None, "{other}");
        }
    }
}
