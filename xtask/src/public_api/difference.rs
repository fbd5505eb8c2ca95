//! What came and what went between two lists of public items.

use std::fmt;

use similar::{ChangeTag, TextDiff};

/// A difference of two baselines. A changed item is one that went and one that came.
pub(super) struct Difference {
    removed: usize,
    added: usize,
    unified: String,
}

impl Difference {
    pub(super) fn of(old: &str, new: &str) -> Self {
        let diff = TextDiff::from_lines(old, new);
        let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
        let (removed, added) = (count(ChangeTag::Delete), count(ChangeTag::Insert));
        Self { removed, added, unified: diff.unified_diff().context_radius(0).to_string() }
    }

    /// The difference in the form that `patch` reads.
    pub(super) fn show(&self, name: &str) -> String {
        format!("--- {name}\n+++ what the code offers\n{}{self}", self.unified)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.removed {
            0 => write!(f, "{} added", self.added),
            removed => write!(f, "{removed} removed or changed, which breaks who uses them, {} added", self.added),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_breaks_nobody() {
        let difference = Difference::of("pub fn a()\n", "pub fn a()\npub fn b()\n");
        assert_eq!(difference.to_string(), "1 added");
        assert!(difference.show("x.txt").contains("--- x.txt\n+++ what the code offers\n@@ -1,0 +2 @@\n+pub fn b()\n"));
    }

    #[test]
    fn what_goes_or_changes_breaks_who_uses_it() {
        let difference = Difference::of("pub fn a()\npub fn b()\n", "pub fn a(u8)\n");
        assert_eq!(difference.to_string(), "2 removed or changed, which breaks who uses them, 1 added");
        assert!(difference.show("x.txt").contains("-pub fn b()\n"));
    }
}
