//! The documents that the tasks compare: our spec, the reduced vendor document, and published
//! documents.

use std::path::Path;

use anyhow::Result;
use openapi_compare::{Api, Document, Versions};

use crate::scope::Scope;
use crate::workspace::{SPEC, UPSTREAM};

/// Reads our spec.
pub(crate) fn ours(root: &Path) -> Result<Api> {
    whole(&root.join(SPEC), SPEC)
}

/// Reads the published document that our spec is compared with.
pub(crate) fn upstream(root: &Path) -> Result<Api> {
    whole(&root.join(UPSTREAM), UPSTREAM)
}

/// Reads a published document, reduced to rooms and to the operations of the APIs in `known`.
pub(crate) fn published<'a>(file: &Path, known: impl IntoIterator<Item = &'a Api>) -> Result<Api> {
    let document = Document::read(file, &file.display().to_string(), Versions::V3_0And3_1)?;
    let scope = Scope::with(known);
    Ok(Api::read_some(&document, |operation, tags| scope.holds(operation, tags))?)
}

fn whole(path: &Path, name: &str) -> Result<Api> {
    Ok(Api::read(&Document::read(path, name, Versions::V3_0And3_1)?)?)
}
