//! The numbers of lines, as an editor counts them.

/// Counts the lines of a text up to a place in it. A line ends with CR LF, LF or CR.
pub(super) struct Lines<'t> {
    bytes: &'t [u8],
    place: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), place: 0, line: 1 }
    }

    /// Returns the number of the first line at or after this place that is not empty. Places must
    /// not become smaller from call to call.
    pub(super) fn number_at(&mut self, place: usize) -> usize {
        while let Some(byte) = self.bytes.get(self.place) {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && self.bytes.get(self.place + 1) != Some(&b'\n'));
            if self.place >= place && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += usize::from(ends_line);
            self.place += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_with_any_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a{end}{end}b{end}c");
            let mut lines = Lines::new(&text);
            let numbers: Vec<_> = ["a", "b", "c"].map(|letter| lines.number_at(text.find(letter).unwrap())).to_vec();
            assert_eq!(numbers, [1, 3, 4], "{text:?}");
            assert_eq!(Lines::new(&text).number_at(1), 3, "the line end and the empty line are skipped");
        }
    }
}
