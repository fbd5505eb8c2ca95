//! The public items of a library, as rustdoc knows them.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::workspace::{Metadata, cargo};

/// This compiler's rustdoc writes another format than is read here. That tells nothing of the API.
#[derive(Debug)]
pub(crate) struct Foreign {
    written: u32,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (written, read) = (self.written, rustdoc_types::FORMAT_VERSION);
        write!(f, "rustdoc of this toolchain writes JSON of format {written}; format {read}, of Rust 1.95, is read")
    }
}

impl std::error::Error for Foreign {}

/// The public items of each library, one a line and sorted, with all features that can be built anywhere.
pub(super) fn read(metadata: &Metadata, libraries: &[&str]) -> Result<Vec<String>> {
    // A folder of its own: what allows the unstable format makes build scripts run anew, and all that follows them.
    let target = metadata.target_directory().join("public-api");
    let mut doc = cargo();
    doc.args(["doc", "--no-deps", "--lib", "--target-dir"]).arg(&target);
    for library in libraries {
        doc.args(["--package", library]);
    }
    let features = metadata.extra_features().into_iter();
    for feature in features.filter(|feature| libraries.iter().any(|name| feature.starts_with(&format!("{name}/")))) {
        doc.args(["--features", &feature]);
    }
    doc.env("RUSTC_BOOTSTRAP", "1").env("RUSTDOCFLAGS", "-Z unstable-options --output-format json --cap-lints allow");
    ensure!(doc.status()?.success(), "rustdoc failed, see above");
    libraries.iter().map(|name| items(&target.join(format!("doc/{}.json", name.replace('-', "_"))))).collect()
}

/// What says in which format the rest is.
#[derive(Deserialize)]
struct Head {
    format_version: u32,
}

/// Without what the compiler adds to every type. What is derived stays: to take a `Clone` away breaks users.
fn items(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let written = serde_json::from_str::<Head>(&text).context("rustdoc did not write its JSON")?.format_version;
    if written != rustdoc_types::FORMAT_VERSION {
        return Err(Foreign { written }.into());
    }
    let api = public_api::Builder::from_rustdoc_json(path);
    let api = api.sorted(true).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
    let lines = api.items().map(|item| format!("{item}\n"));
    Ok(lines.filter(|line| !repeats_fields(line)).collect())
}

/// The generated types' builders, of which there is a method for each field that the type itself has in public: half
/// of all lines, and they say nothing more.
fn repeats_fields(line: &str) -> bool {
    line.contains("docspace_api::types::builder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_format_is_no_fault_of_the_api() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        std::fs::write(&path, r#"{"root": 1, "format_version": 1, "index": {}}"#).unwrap();
        let error = items(&path).unwrap_err();
        assert!(error.is::<Foreign>());
        assert!(error.to_string().contains("format 1;"), "{error}");
    }

    #[test]
    fn what_is_no_json_of_rustdoc_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        std::fs::write(&path, "{}").unwrap();
        assert!(!items(&path).unwrap_err().is::<Foreign>());
    }

    #[test]
    fn builders_of_types_are_left_out_and_those_of_calls_are_not() {
        assert!(repeats_fields("pub struct docspace_api::types::builder::RoomEnvelope\n"));
        assert!(!repeats_fields("pub struct docspace_api::builder::ListRooms<'a>\n"));
    }
}
