//! `openapi/deviations.yaml`: every difference between our spec and the published document, with
//! the reason and the evidence.
//!
//! `cargo xtask check` finds the differences itself, so it notices a missing entry and an entry
//! that is no longer needed. `cargo xtask check --propose` prints the missing entries.

mod entry;
mod evidence;
mod pattern;
mod propose;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};
use openapi_compare::{Api, Aspect, Compared, Direction, Names, OperationKey, compare_places};

pub(crate) use self::entry::Deviations;
use crate::documents::{ours, upstream};
use crate::words::{counted, say};
use crate::workspace::{DEVIATIONS, UPSTREAM};

/// One difference, with places and names as in our spec.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Difference {
    pub(crate) place: String,
    pub(crate) document: String,
    pub(crate) ours: String,
    pub(crate) direction: Direction,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: published {:?}, ours {:?}", self.place, self.document, self.ours)
    }
}

/// All differences, each with the operations that it affects.
pub(crate) type Differences = BTreeMap<Difference, BTreeSet<String>>;

/// The differences of our spec from the document.
pub(crate) fn differences(ours: &Api, document: &Api) -> Differences {
    of(&compare_places(document, ours, Names::Right))
}

/// The differences that were found. Our spec describes the authentication, and what is only read,
/// in its own way, and leaves the defaults to the portal.
pub(crate) fn of(compared: &Compared) -> Differences {
    let compares = |found: &openapi_compare::Difference| {
        !matches!(found.aspect, Aspect::Security | Aspect::Default | Aspect::Access) && !is_same_name(found)
    };
    compared
        .differences
        .iter()
        .filter(|(found, _)| compares(found))
        .map(|(found, operations)| {
            // The published document may change the case of a path and the names of its parameters.
            let place = if found.aspect == Aspect::Operation {
                OperationKey::of(&found.place).to_string()
            } else {
                found.place.clone()
            };
            let difference = Difference {
                place,
                document: found.left.clone(),
                ours: found.right.clone(),
                direction: found.direction,
            };
            (difference, operations.clone())
        })
        .collect()
}

/// Whether one of two names of a number contains the other: `CustomRoom` and `Custom`.
fn is_same_name(found: &openapi_compare::Difference) -> bool {
    let name = |words: &str| {
        let name = words.rsplit('(').next().unwrap_or_default();
        name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    let (left, right) = (name(&found.left), name(&found.right));
    found.aspect == Aspect::Name && (left.contains(&right) || right.contains(&left))
}

/// Checks the file, and prints one line for each fault or a summary.
pub(crate) fn run(root: &Path) -> Result<()> {
    let Outcome { faults, summary, proposal } = check(root)?;
    for fault in &faults {
        say!("{fault}");
    }
    match faults.len() {
        0 => say!("{DEVIATIONS}: {summary}"),
        count if proposal.is_empty() => {
            bail!("{DEVIATIONS} has {}, listed above; correct these entries", counted(count, "fault"))
        }
        count => {
            bail!(
                "{DEVIATIONS} has {}, listed above; `cargo xtask check --propose` prints the missing entries",
                counted(count, "fault")
            )
        }
    }
    Ok(())
}

/// Prints an entry to fill in for each difference without one.
pub(crate) fn propose(root: &Path) -> Result<()> {
    let proposal = check(root)?.proposal;
    if !proposal.is_empty() {
        say!("{}", proposal.trim_end());
    }
    Ok(())
}

/// The result of the check.
struct Outcome {
    /// One line for each fault.
    faults: Vec<String>,
    /// One line to print if there is no fault.
    summary: String,
    /// An entry to fill in for each difference without one.
    proposal: String,
}

/// Compares our spec, the published document and the entries.
fn check(root: &Path) -> Result<Outcome> {
    let (ours, document, entries) = (ours(root)?, upstream(root)?, Deviations::read(root)?);
    let differences = differences(&ours, &document);
    let explained = entries.explain(&differences);
    let mut faults = evidence::faults(root, &entries)?;
    faults.extend(explained.stale.iter().map(|stale| {
        format!("{DEVIATIONS}:{}: the entry matches no difference; delete or correct it: {}", stale.line, stale.words)
    }));
    // The same difference in requests and in answers needs only one entry.
    let mut missing = explained.unexplained.clone();
    missing.dedup_by_key(|difference| (&difference.place, &difference.document, &difference.ours));
    faults.extend(missing.into_iter().map(|difference| {
        let operation = differences.get(difference).and_then(BTreeSet::first).map_or("", String::as_str);
        let near = entries.near(difference).map(|line| format!("; see line {line}")).unwrap_or_default();
        // The document may have the operation, and `upstream.json` does not know that it is ours.
        let cure = if (&difference.document[..], &difference.ours[..]) == ("absent", "present") {
            "; if the published document has it, run `cargo xtask import` with that document"
        } else {
            ""
        };
        format!("{DEVIATIONS}: no entry for {difference} ({operation}){near}{cure}")
    }));
    let assumptions = entries.assumptions();
    let summary = format!(
        "{} from the published document (version {}, {UPSTREAM}); {} explain them, {assumptions} as assumptions",
        counted(differences.len(), "difference"),
        document.version(),
        counted(entries.len(), "entry"),
    );
    Ok(Outcome { faults, summary, proposal: propose::entries(&explained.unexplained, &entries) })
}

#[cfg(test)]
mod tests;
