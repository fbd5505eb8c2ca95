//! `openapi/docspace.full.json`: the spec for clients in other languages.
//!
//! It is generated from `openapi/docspace.yaml`. What it has in addition would make that file hard
//! to read:
//!
//! - examples, which are recorded answers
//! - two types for each open enum, so that generated clients know the names of values and accept
//!   unknown values
//! - all types of an error where generators expect one
//! - the types of properties where generators would lose a description

mod descriptions;
mod enums;
mod errors;
mod evidence;
mod examples;
mod recorded;
mod schemas;

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_yaml::Value;

use crate::words::{counted, say};
use crate::workspace::SPEC;
pub(crate) use enums::OPEN;
use recorded::Recordings;

/// The document, relative to the root of the workspace.
pub(crate) const FULL: &str = "openapi/docspace.full.json";

/// The text of the document.
pub(crate) fn generate(root: &Path, spec: &str) -> Result<String> {
    let mut document: Value = serde_yaml::from_str(spec).with_context(|| format!("{SPEC} is not YAML"))?;
    let json: serde_json::Value = serde_yaml::from_str(spec)?;
    examples::add(&mut document, &json, &Recordings::read(root, &json)?)?;
    errors::join(&mut document);
    enums::open(&mut document);
    descriptions::inline(&mut document);
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// Checks that the errors of the spec are those of the recordings, and that the document has a
/// valid example for each answer.
pub(crate) fn check(root: &Path) -> Result<()> {
    let read = |name: &str| std::fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"));
    let spec: serde_json::Value = serde_yaml::from_str(&read(SPEC)?)?;
    let recordings = Recordings::read(root, &spec)?;
    let mut faults = evidence::faults(&spec, &recordings);
    let full = serde_json::from_str(&read(FULL)?).with_context(|| format!("{FULL} is not JSON"))?;
    let (count, wrong) = examples::faults(&full);
    faults.extend(wrong);
    for fault in &faults {
        say!("{fault}");
    }
    if !faults.is_empty() {
        bail!("the answers of {SPEC} have {}, listed above", counted(faults.len(), "fault"));
    }
    say!("{FULL}: {} are valid", counted(count, "example"));
    Ok(())
}

/// The operations of a document.
fn operations(spec: &serde_json::Value) -> impl Iterator<Item = &serde_json::Value> {
    let items = spec["paths"].as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object());
    items.flatten().map(|(_, operation)| operation).filter(|operation| operation["operationId"].is_string())
}
