//! The documents that the tasks compare: our spec, the reduced vendor document, and published
//! documents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};
use openapi_compare::{Api, Document, OperationKey, Versions};

use crate::scope::Scope;
use crate::workspace::{SPEC, UPSTREAM};

/// The start of all paths of the product.
pub(crate) const BASE: &str = "/api/2.0";

/// A published document, reduced to our scope.
pub(crate) struct Published {
    pub(crate) api: Api,
    /// The start of its paths, if it is not the usual one. The API has the usual one.
    pub(crate) moved_to: Option<String>,
}

/// Reads our spec.
pub(crate) fn ours(root: &Path) -> Result<Api> {
    whole(&root.join(SPEC), SPEC)
}

/// Reads the published document that our spec is compared with.
pub(crate) fn upstream(root: &Path) -> Result<Api> {
    whole(&root.join(UPSTREAM), UPSTREAM)
}

/// Reads a published document, reduced to rooms and to the operations of `ours` and `old`.
///
/// A document with less than half of our operations is another product's. It is refused, unless
/// `force` is set.
pub(crate) fn published(file: &Path, ours: &Api, old: Option<&Api>, force: bool) -> Result<Published> {
    reduced(Document::read(file, &file.display().to_string(), Versions::V3_0And3_1)?, ours, old, force)
}

/// Reduces a published document that was read.
pub(crate) fn reduced(mut document: Document, ours: &Api, old: Option<&Api>, force: bool) -> Result<Published> {
    let moved_to = moved_to(&document, ours);
    if let Some(moved_to) = &moved_to {
        document.move_paths(moved_to, BASE);
    }
    let there = held(&document, ours);
    if 2 * there < ours.operations().len() && !force {
        let info = &document.root()["info"];
        bail!(
            "{}: /info: {} {} has only {there} of our {} operations, so it is not a document of DocSpace; \
             `--force` compares it nevertheless",
            document.name(),
            info["title"],
            info["version"],
            ours.operations().len(),
        );
    }
    let scope = Scope::with([ours].into_iter().chain(old));
    let api = Api::read_some(&document, |operation, tags| scope.holds(operation, tags))?;
    Ok(Published { api, moved_to })
}

/// The number of our operations that the document has.
fn held(document: &Document, ours: &Api) -> usize {
    document.operations().iter().filter(|operation| ours.contains(operation)).count()
}

/// The start of the document's paths, if most of our operations are there with another start than
/// the usual one.
fn moved_to(document: &Document, ours: &Api) -> Option<String> {
    let without_start = |operation: &OperationKey| {
        let (method, path) =
            operation.to_string().split_once(' ').map(|(method, path)| (method.to_owned(), path.to_owned()))?;
        Some((method, path.strip_prefix(BASE)?.to_owned()))
    };
    let ends: BTreeSet<_> = ours.operations().filter_map(without_start).collect();
    let half = ours.operations().len() / 2;
    if ends.is_empty() || held(document, ours) > half {
        return None;
    }
    let mut starts: BTreeMap<String, usize> = BTreeMap::new();
    for operation in document.operations() {
        let words = operation.to_string();
        let (method, path) = words.split_once(' ')?;
        for (index, _) in path.match_indices('/') {
            if ends.contains(&(method.to_owned(), path[index..].to_owned())) {
                *starts.entry(path[..index].to_owned()).or_default() += 1;
            }
        }
    }
    let (start, count) = starts.into_iter().max_by_key(|(_, count)| *count)?;
    (start != BASE && count > half).then_some(start)
}

fn whole(path: &Path, name: &str) -> Result<Api> {
    Ok(Api::read(&Document::read(path, name, Versions::V3_0And3_1)?)?)
}
