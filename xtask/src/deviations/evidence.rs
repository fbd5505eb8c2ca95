//! The evidence of an entry: a step of a recording, or `assumption`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::Deviations;
use crate::recordings;
use crate::workspace::{DEVIATIONS, RECORDINGS};

/// One line for each piece of evidence that does not exist or has the wrong form.
pub(crate) fn faults(root: &Path, entries: &Deviations) -> Result<Vec<String>> {
    let mut steps = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in entries.iter() {
        for evidence in &entry.evidence {
            let fault = match evidence.split_once(" step ") {
                _ if evidence == "assumption" => None,
                Some((name, step)) => {
                    if !steps.contains_key(name) {
                        steps.insert(name.to_owned(), recordings::steps(root, name)?);
                    }
                    match (steps[name], step.parse::<usize>()) {
                        (None, _) => Some(format!("there is no recording {name:?} in {RECORDINGS}")),
                        (Some(steps), Ok(step)) if (1..=steps).contains(&step) => None,
                        (Some(steps), _) => {
                            Some(format!("recording {name:?} has no step {step}; its steps are 1 to {steps}"))
                        }
                    }
                }
                None => Some(format!("evidence {evidence:?} must be `RECORDING step N` or `assumption`")),
            };
            faults.extend(fault.map(|fault| format!("{DEVIATIONS}:{}: {fault}", entry.line)));
        }
    }
    Ok(faults)
}
