//! The limit on removals, so that a mistake in a file does not empty a portal.

use super::options::MaxRemovals;
use crate::problem::Problem;

/// A share of fewer things is too coarse.
const MIN_THINGS: usize = 10;

/// Checks the number of removals.
pub(super) fn check(max: MaxRemovals, removals: usize, present: usize) -> Option<Problem> {
    let (allowed, shown) = match max {
        MaxRemovals::Percent(_) if present < MIN_THINGS => return None,
        MaxRemovals::Percent(percent) => (present * usize::from(percent) / 100, format!("{percent}%")),
        MaxRemovals::Count(count) => (count, count.to_string()),
    };
    (removals > allowed).then(|| {
        let message = format!("the plan removes {removals} of {present} things, more than {shown}");
        Problem::new(None, message).advise("check the manifest, or allow more with --max-removals")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_is_limited_from_ten_things_on() {
        let refused = |max, removals, present| check(max, removals, present).is_some();
        assert!(!refused(MaxRemovals::Percent(25), 9, 9));
        assert!(!refused(MaxRemovals::Percent(25), 3, 12) && refused(MaxRemovals::Percent(25), 4, 12));
        assert!(!refused(MaxRemovals::Count(4), 4, 4) && refused(MaxRemovals::Count(0), 1, 1));
    }
}
