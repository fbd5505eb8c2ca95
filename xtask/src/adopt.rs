//! `cargo xtask adopt FILE`: shows the drift of a published document and makes it our
//! `openapi/upstream.json`. `cargo xtask check` then lists what our spec still has to explain.

use std::path::Path;

use anyhow::Result;

use crate::drift::Drift;
use crate::import;
use crate::workspace::UPSTREAM;

/// Adopts the document, and prints the drift and what to do next.
pub(crate) fn run(root: &Path, file: &Path, force: bool) -> Result<()> {
    print!("{}", adopt(root, file, force)?);
    Ok(())
}

/// Writes `openapi/upstream.json` and returns the text to print.
pub(crate) fn adopt(root: &Path, file: &Path, force: bool) -> Result<String> {
    // Everything is read before anything is written, so that a bad document changes nothing.
    let drift = Drift::of(root, file, None, force)?;
    let api = import::reduced(root, file, force)?;
    import::replace(&root.join(UPSTREAM), &api.to_openapi())?;
    let (obsolete, unexplained) = (drift.obsolete.len(), drift.unexplained.len());
    Ok(format!(
        "{}\n{UPSTREAM} now holds version {}.\n\
         Differences without an entry in openapi/deviations.yaml: {unexplained}. Change the spec, or add the entries that \
         `cargo xtask check --propose` prints.\n\
         Obsolete entries in openapi/deviations.yaml: {obsolete}. Delete them.\n",
        drift.markdown(),
        api.version()
    ))
}
