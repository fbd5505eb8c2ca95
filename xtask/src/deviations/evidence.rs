//! What an entry rests on: a step of a recording, a section of portal-facts, or nothing but an assumption.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Deviations;
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
                        steps.insert(name.to_owned(), count(root, name)?);
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

/// How many steps a recording has; `None` if there is no such recording.
fn count(root: &Path, name: &str) -> Result<Option<usize>> {
    let is_name =
        name.split('/').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let path = root.join(RECORDINGS).join(format!("{name}.json"));
    if !is_name || !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let recording: Value = serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
    // A scenario that only describes what was seen has no steps.
    Ok(Some(recording["steps"].as_array().map_or(0, Vec::len)))
}
