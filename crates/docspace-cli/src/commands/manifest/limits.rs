//! What a plan may remove.

use clap::{Args, ValueEnum};
use docspace::Timestamp;
use docspace_manifest::plan::{MaxRemovals, PlanOptions, Prune};

/// The flags for what a plan may remove.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Remove what the manifest no longer lists: members, tags, room groups, and links that were
    /// created from it; --prune=all also removes links that people created (default: remove
    /// nothing)
    #[arg(long, value_name = "WHAT", value_enum, ignore_case = true, hide_possible_values = true, num_args = 0..=1, require_equals = true, default_missing_value = "own")]
    prune: Option<Pruned>,
    /// Refuse a plan that removes more than this share of the managed members, tags, links and room
    /// groups, such as 50%, or more than this number of them; a share above 0% always allows one
    /// removal
    #[arg(long, value_name = "LIMIT", value_parser = max_removals, default_value = "25%")]
    max_removals: MaxRemovals,
}

/// The values of `--prune`.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Pruned {
    Own,
    All,
}

impl LimitArgs {
    /// The options of a plan that is made now.
    pub(crate) fn options(&self) -> PlanOptions {
        let prune = match self.prune {
            None => Prune::Nothing,
            Some(Pruned::Own) => Prune::Own,
            Some(Pruned::All) => Prune::All,
        };
        PlanOptions { prune, max_removals: self.max_removals, now: Timestamp::now() }
    }
}

/// Parses a limit on removals.
pub(crate) fn max_removals(text: &str) -> Result<MaxRemovals, String> {
    let limit = match text.trim().strip_suffix('%') {
        Some(percent) => percent.parse().ok().filter(|percent| *percent <= 100).map(MaxRemovals::Percent),
        None => text.trim().parse().ok().map(MaxRemovals::Count),
    };
    limit.ok_or_else(|| "not a limit: use a share such as 25%, or a number".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{parse, parsed};

    #[test]
    fn limits_are_shares_or_numbers() {
        let options = |arguments: &[&str]| parsed::<LimitArgs>(arguments).options();
        assert_eq!(options(&[]).max_removals, MaxRemovals::Percent(25));
        assert_eq!(options(&["--max-removals", "3"]).max_removals, MaxRemovals::Count(3));
        assert_eq!(options(&["--prune"]).prune, Prune::Own);
        assert_eq!(options(&["--prune=all"]).prune, Prune::All);
        for bad in ["101%", "-1", "much", "%"] {
            assert!(parse::<LimitArgs>(&["--max-removals", bad]).is_err(), "{bad}");
        }
    }
}
