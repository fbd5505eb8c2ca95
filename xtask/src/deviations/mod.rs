//! `openapi/deviations.yaml`: every difference between our spec and the published document, with the reason and the
//! evidence. `xtask check` finds the differences itself, so that none is missing and none is kept beyond its time.
//!
//! For whoever edits the spec or adopts a vendor release: `cargo xtask check --propose` prints what is missing.

mod entry;
mod evidence;
mod pattern;
mod propose;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};
use openapi_compare::{Api, Aspect, Direction, Names, OperationKey, compare};

pub(crate) use self::entry::Deviations;
use crate::documents::{ours, upstream};
use crate::workspace::{DEVIATIONS, UPSTREAM};

/// One difference, by our places and names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Difference {
    pub(crate) place: String,
    pub(crate) document: String,
    pub(crate) ours: String,
    pub(crate) direction: Direction,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: the document says {:?}, we say {:?}", self.place, self.document, self.ours)
    }
}

/// All of them, with the operations that each concerns.
pub(crate) type Differences = BTreeMap<Difference, BTreeSet<String>>;

pub(crate) fn differences(ours: &Api, document: &Api) -> Differences {
    let all = compare(document, ours, Names::Right);
    all.into_iter()
        .map(|(found, operations)| {
            // An operation that only the document has is written as the document pleases, which may change.
            let place = if found.aspect == Aspect::Operation {
                OperationKey::of(&found.place).to_string()
            } else {
                found.place
            };
            let difference = Difference { place, document: found.left, ours: found.right, direction: found.direction };
            (difference, operations)
        })
        .collect()
}

/// Checks, and prints what is wrong or how much is right.
pub(crate) fn run(root: &Path) -> Result<()> {
    let Outcome { faults, summary, proposal } = check(root)?;
    for fault in &faults {
        println!("{fault}");
    }
    match faults.len() {
        0 => println!("{DEVIATIONS}: {summary}"),
        count if proposal.is_empty() => bail!("{DEVIATIONS} is wrong in the {count} places above"),
        count => {
            bail!(
                "{DEVIATIONS} is wrong in the {count} places above; `cargo xtask check --propose` prints what is missing"
            )
        }
    }
    Ok(())
}

/// Prints entries for the differences that have none.
pub(crate) fn propose(root: &Path) -> Result<()> {
    print!("{}", check(root)?.proposal);
    Ok(())
}

/// What the check has to say.
struct Outcome {
    /// One line for each thing that is wrong.
    faults: Vec<String>,
    /// One line about what is right.
    summary: String,
    /// Entries for the differences that have none, to be filled in.
    proposal: String,
}

/// Holds our spec, the published structure and the explanations against each other.
fn check(root: &Path) -> Result<Outcome> {
    let (ours, document, entries) = (ours(root)?, upstream(root)?, Deviations::read(root)?);
    let differences = differences(&ours, &document);
    let explained = entries.explain(&differences);
    let mut faults = evidence::faults(root, &entries)?;
    faults.extend(
        explained.stale.iter().map(|stale| format!("{DEVIATIONS}:{}: no such difference: {}", stale.line, stale.words)),
    );
    // What is said alike of what is sent and what is received is one thing to explain.
    let mut missing = explained.unexplained.clone();
    missing.dedup_by_key(|difference| (&difference.place, &difference.document, &difference.ours));
    faults.extend(missing.into_iter().map(|difference| {
        let operation = differences.get(difference).and_then(BTreeSet::first).map_or("", String::as_str);
        format!("{DEVIATIONS}: no entry for {difference} ({operation})")
    }));
    let assumptions = entries.assumptions();
    let summary = format!(
        "{} differences from version {} of the published document ({UPSTREAM}), explained by {} entries, {assumptions} of them assumptions",
        differences.len(),
        document.version(),
        entries.len(),
    );
    Ok(Outcome { faults, summary, proposal: propose::entries(&explained.unexplained) })
}

#[cfg(test)]
mod tests;
