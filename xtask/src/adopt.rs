//! `xtask adopt FILE`: takes a published document over, after showing what that changes. What our spec has to say about
//! it then is for `xtask check` to ask.

use std::path::Path;

use anyhow::Result;

use crate::drift::Drift;
use crate::import;
use crate::workspace::UPSTREAM;

/// Adopts, and prints the drift and what to do next.
pub(crate) fn run(root: &Path, file: &Path) -> Result<()> {
    print!("{}", adopt(root, file)?);
    Ok(())
}

/// Writes `openapi/upstream.json` and returns what to show.
pub(crate) fn adopt(root: &Path, file: &Path) -> Result<String> {
    // Before anything is written, everything is read.
    let drift = Drift::of(root, file, None)?;
    let api = import::reduced(root, file)?;
    import::replace(&root.join(UPSTREAM), &api.to_openapi())?;
    let (obsolete, unexplained) = (drift.obsolete.len(), drift.unexplained.len());
    Ok(format!(
        "{}\n{UPSTREAM} now says what version {} says. `cargo xtask check` will ask for {unexplained} entries in \
         openapi/deviations.yaml, or for changes of the spec that make them unnecessary, and {obsolete} entries have to go.\n",
        drift.markdown(),
        api.version()
    ))
}
