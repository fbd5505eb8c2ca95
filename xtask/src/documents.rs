//! The documents that the tasks compare: our spec, what is kept of the vendor's document, and published ones.

use std::path::Path;

use anyhow::Result;
use openapi_compare::{Api, Document, Versions};

use crate::scope::Scope;
use crate::workspace::{SPEC, UPSTREAM};

/// Our spec.
pub(crate) fn ours(root: &Path) -> Result<Api> {
    whole(&root.join(SPEC), SPEC)
}

/// The published document that our spec is held to.
pub(crate) fn upstream(root: &Path) -> Result<Api> {
    whole(&root.join(UPSTREAM), UPSTREAM)
}

/// A published document, reduced to rooms and to what these APIs have.
pub(crate) fn published<'a>(file: &Path, known: impl IntoIterator<Item = &'a Api>) -> Result<Api> {
    let document = Document::read(file, &file.display().to_string(), Versions::V3_0And3_1)?;
    let scope = Scope::with(known);
    Ok(Api::read_some(&document, |operation, tags| scope.holds(operation, tags))?)
}

fn whole(path: &Path, name: &str) -> Result<Api> {
    Ok(Api::read(&Document::read(path, name, Versions::V3_0And3_1)?)?)
}
