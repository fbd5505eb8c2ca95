//! `xtask import FILE`: a published document, reduced to what we cover and to structure, becomes `openapi/upstream.json`.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::structure::{Scope, Structure};

/// Our own document, from the root of the workspace.
pub(crate) const OURS: &str = "openapi/docspace.yaml";
/// What is left of the vendor's, likewise.
pub(crate) const UPSTREAM: &str = "openapi/upstream.json";

/// Reads, reduces and writes; says in one line what came of it.
pub(crate) fn run(root: &Path, file: &Path, out: Option<&Path>) -> Result<String> {
    let structure = reduced(root, file)?;
    let default = root.join(UPSTREAM);
    replace(out.unwrap_or(&default), &structure.text())?;
    let (operations, schemas) = (structure.operations.len(), structure.schemas.len());
    Ok(format!(
        "{}: version {}, {operations} operations and {schemas} schemas in scope",
        file.display(),
        structure.version
    ))
}

/// What a published document says of the operations that we cover or that belong to rooms.
pub(crate) fn reduced(root: &Path, file: &Path) -> Result<Structure> {
    let structure = Structure::read(file, &file.display().to_string(), &Scope::with([&ours(root)?]))?;
    ensure!(!structure.operations.is_empty(), "{}: /paths: none of its operations is in our scope", file.display());
    Ok(structure)
}

pub(crate) fn ours(root: &Path) -> Result<Structure> {
    Structure::read(&root.join(OURS), OURS, &Scope::Everything)
}

pub(crate) fn upstream(root: &Path) -> Result<Structure> {
    Structure::read(&root.join(UPSTREAM), UPSTREAM, &Scope::Everything)
}

/// Writes beside the file and renames, so that there is never half a file.
pub(crate) fn replace(path: &Path, text: &str) -> Result<()> {
    let mut beside = path.to_owned();
    beside.as_mut_os_string().push(".new");
    let written = std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // Perhaps it was never made.
        let _ = std::fs::remove_file(&beside);
    }
    written.with_context(|| format!("{}: cannot be written", path.display()))
}
