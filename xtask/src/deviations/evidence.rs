//! What an entry rests on: a step of a recording, a section of portal-facts, or nothing but an assumption.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::Deviations;
use crate::recordings;
use crate::workspace::{DEVIATIONS, RECORDINGS};

/// One line for each piece of evidence that is none.
pub(crate) fn faults(root: &Path, entries: &Deviations) -> Result<Vec<String>> {
    let mut steps = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in entries.iter() {
        for evidence in &entry.evidence {
            let fault = match evidence.split_once(" step ") {
                _ if evidence == "assumption" || is_section(evidence) => None,
                Some((name, step)) => {
                    if !steps.contains_key(name) {
                        steps.insert(name.to_owned(), recordings::steps(root, name)?);
                    }
                    match (steps[name], step.parse::<usize>()) {
                        (None, _) => Some(format!("there is no recording {name:?} in {RECORDINGS}")),
                        (Some(steps), Ok(step)) if step < steps => None,
                        (Some(steps), _) => Some(format!(
                            "recording {name:?} has no step {step}, only 0 to {}",
                            steps.saturating_sub(1)
                        )),
                    }
                }
                None => Some(format!(
                    "{evidence:?} is neither `RECORDING step N` nor `portal-facts SECTION` nor `assumption`"
                )),
            };
            faults.extend(fault.map(|fault| format!("{DEVIATIONS}:{}: {fault}", entry.line)));
        }
    }
    Ok(faults)
}

/// `portal-facts 5.1`.
fn is_section(evidence: &str) -> bool {
    evidence
        .strip_prefix("portal-facts ")
        .is_some_and(|section| section.split('.').all(|number| number.parse::<u8>().is_ok()))
}
