//! The limit on removals, so that a mistake in a file does not empty a portal.

use super::options::MaxRemovals;
use crate::problem::Problem;

/// Checks the number of removals.
pub(super) fn check(max: MaxRemovals, removals: usize, present: usize) -> Option<Problem> {
    let (allowed, shown) = match max {
        MaxRemovals::Percent(0) => (0, "0%".to_owned()),
        // A share of a few things would allow none.
        MaxRemovals::Percent(percent) => ((present * usize::from(percent) / 100).max(1), format!("{percent}%")),
        MaxRemovals::Count(count) => (count, count.to_string()),
    };
    (removals > allowed).then(|| {
        let message = format!(
            "the plan removes {removals} of {present} managed entries (members, tags, links, room groups, and rooms \
             to archive), more than {shown}"
        );
        Problem::new(None, message).advise("check the manifest, or allow more with --max-removals")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_always_allows_one() {
        let refused = |max, removals, present| check(max, removals, present).is_some();
        assert!(!refused(MaxRemovals::Percent(25), 1, 3) && refused(MaxRemovals::Percent(25), 2, 3));
        assert!(!refused(MaxRemovals::Percent(25), 3, 12) && refused(MaxRemovals::Percent(25), 4, 12));
        assert!(!refused(MaxRemovals::Count(4), 4, 4) && refused(MaxRemovals::Count(0), 1, 1));
    }
}
