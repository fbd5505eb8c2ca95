//! `cargo xtask adopt FILE`: shows the drift of a published document and makes it our
//! `openapi/upstream.json`. `cargo xtask check` then lists what our spec still has to explain.

use std::path::Path;

use anyhow::Result;

use crate::documents::ours;
use crate::drift::Drift;
use crate::import;
use crate::words::say;
use crate::workspace::{SPEC, UPSTREAM};

/// Adopts the document, and prints the drift and what to do next.
pub(crate) fn run(root: &Path, file: &Path, force: bool) -> Result<()> {
    say!("{}", adopt(root, file, force)?.trim_end());
    Ok(())
}

/// Writes `openapi/upstream.json` and returns the text to print.
pub(crate) fn adopt(root: &Path, file: &Path, force: bool) -> Result<String> {
    // Everything is read before anything is written, so that a bad document changes nothing.
    let drift = Drift::of(root, file, None, force)?;
    let api = import::reduced(root, file, force)?;
    import::replace(&root.join(UPSTREAM), &api.to_openapi())?;
    let ours = ours(root)?.version().to_owned();
    let version = if ours == api.version() {
        String::new()
    } else {
        format!("{SPEC} says version {ours}. Change its `info.version` once it describes this one.\n")
    };
    let (obsolete, unexplained) = (drift.obsolete.len(), drift.unexplained.len());
    Ok(format!(
        "{}\n{UPSTREAM} now holds version {}.\n\
         Differences without an entry in openapi/deviations.yaml: {unexplained}. Change the spec, or add the entries that \
         `cargo xtask check --propose` prints.\n\
         Entries and places to delete from openapi/deviations.yaml: {obsolete}.\n{version}",
        drift.markdown(),
        api.version()
    ))
}
