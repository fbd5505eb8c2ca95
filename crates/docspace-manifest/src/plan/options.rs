//! What a plan may do.

use docspace::Timestamp;
use serde::{Deserialize, Serialize};

/// What a plan may do.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanOptions {
    /// Which things that the manifest does not list are removed.
    pub prune: Prune,
    /// How much may be removed at most.
    pub max_removals: MaxRemovals,
    /// The time at which the plan is made. Links with an earlier expiry date count as expired.
    pub now: Timestamp,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self { prune: Prune::default(), max_removals: MaxRemovals::default(), now: Timestamp::now() }
    }
}

/// Which things that the manifest does not list are removed. Only keys that a room has are pruned.
/// Folders contain people's files, and are never removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prune {
    /// Nothing.
    #[default]
    Nothing,
    /// Links that this manifest made, members, tags and room groups.
    Own,
    /// Also links that others made.
    All,
}

/// How much a plan may remove, of the members, tags, links and room groups that are there and are
/// managed. Rooms that are archived count too. A share above 0 always allows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaxRemovals {
    /// This share of all, in percent.
    Percent(u8),
    /// This number.
    Count(usize),
}

impl Default for MaxRemovals {
    fn default() -> Self {
        Self::Percent(25)
    }
}
