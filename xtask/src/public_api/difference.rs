//! The difference between two lists of public items.

use std::fmt;

use similar::{ChangeTag, TextDiff};

/// The difference between two lists. A changed item counts as one removed and one added.
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
        format!("--- {name}\n+++ the code\n{}{self}", self.unified)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.removed {
            0 => write!(f, "{} added", self.added),
            removed => write!(f, "{} added, {removed} removed or changed (breaks programs)", self.added),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_items_are_not_breaking() {
        let difference = Difference::of("pub fn a()\n", "pub fn a()\npub fn b()\n");
        assert_eq!(difference.to_string(), "1 added");
        assert!(difference.show("x.txt").contains("--- x.txt\n+++ the code\n@@ -1,0 +2 @@\n+pub fn b()\n"));
    }

    #[test]
    fn removed_and_changed_items_are_breaking() {
        let difference = Difference::of("pub fn a()\npub fn b()\n", "pub fn a(u8)\n");
        assert_eq!(difference.to_string(), "1 added, 2 removed or changed (breaks programs)");
        assert!(difference.show("x.txt").contains("-pub fn b()\n"));
    }
}
