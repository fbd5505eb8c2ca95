//! The public items of a library, read from rustdoc's JSON.

use std::fmt;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::workspace::{Metadata, cargo, this_program};

/// The error for a rustdoc JSON format that this program cannot read. It does not mean that the API
/// changed.
#[derive(Debug)]
pub(crate) struct Foreign {
    written: u32,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (written, read) = (self.written, rustdoc_types::FORMAT_VERSION);
        write!(
            f,
            "rustdoc of this toolchain writes JSON format {written}, but only format {read} can be read; use Rust 1.95"
        )
    }
}

impl std::error::Error for Foreign {}

/// The public items of each library, sorted, one on each line. All features are on that can be
/// built without system libraries.
pub(super) fn read(metadata: &Metadata, libraries: &[&str]) -> Result<Vec<String>> {
    let mut doc = cargo();
    // The whole workspace, so that the step `docs` of `cargo xtask test` can reuse the built
    // dependencies.
    doc.args(["doc", "--no-deps", "--lib", "--workspace"]).args(metadata.feature_arguments());
    doc.env("RUSTDOC", this_program()?).env(AS_RUSTDOC, "1");
    doc.env("RUSTDOCFLAGS", "-Z unstable-options --output-format json --cap-lints allow");
    ensure!(doc.status()?.success(), "rustdoc failed; correct the errors above");
    let folder = metadata.target_directory().join("doc");
    libraries.iter().map(|name| items(&folder.join(format!("{}.json", name.replace('-', "_"))))).collect()
}

/// The variable that is set when cargo starts this program in place of rustdoc.
const AS_RUSTDOC: &str = "XTASK_AS_RUSTDOC";

/// Runs rustdoc if cargo started this program in place of it. Otherwise returns `None`.
///
/// `RUSTC_BOOTSTRAP` allows the unstable JSON format. It must not be set for cargo itself: build
/// scripts watch it, so everything would be built twice.
pub(crate) fn run_as_rustdoc() -> Option<ExitCode> {
    std::env::var_os(AS_RUSTDOC)?;
    let mut rustdoc = Command::new("rustdoc");
    let status = rustdoc.args(std::env::args_os().skip(1)).env("RUSTC_BOOTSTRAP", "1").status();
    Some(match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: cannot start rustdoc: {error}");
            ExitCode::FAILURE
        }
    })
}

/// The part of the JSON that gives the format of the rest.
#[derive(Deserialize)]
struct Head {
    format_version: u32,
}

/// The public items in a rustdoc JSON file. Blanket and auto trait implementations are left out.
/// Derived implementations stay because removing a `Clone` breaks programs.
fn items(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let written = serde_json::from_str::<Head>(&text).context("rustdoc did not write its JSON")?.format_version;
    if written != rustdoc_types::FORMAT_VERSION {
        return Err(Foreign { written }.into());
    }
    let api = public_api::Builder::from_rustdoc_json(path);
    let api = api.sorted(true).omit_blanket_impls(true).omit_auto_trait_impls(true).build()?;
    let lines = api.items().map(|item| format!("{item}\n"));
    Ok(regardless_of_blocks(lines.filter(|line| !repeats_fields(line)).collect()).concat())
}

/// Sorts the lines so that their order does not depend on the `impl` blocks of a type, which
/// callers cannot see.
fn regardless_of_blocks(mut lines: Vec<String>) -> Vec<String> {
    lines.retain(|line| !is_block(line));
    lines.chunk_by_mut(|one, other| is_function(one) && is_function(other)).for_each(<[String]>::sort);
    lines
}

/// Whether the line is an inherent `impl` block, such as `impl docspace::Portal`.
fn is_block(line: &str) -> bool {
    line.starts_with("impl") && !line.contains(" for ")
}

fn is_function(line: &str) -> bool {
    line.split(' ').take_while(|word| !word.contains("::")).any(|word| word == "fn")
}

/// Whether the line belongs to the builder of a generated type. Such a builder has a method for
/// each public field of the type, so its lines add nothing; they would be half of the file.
fn repeats_fields(line: &str) -> bool {
    line.contains("docspace_api::types::builder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_rustdoc_format_is_reported_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        std::fs::write(&path, r#"{"root": 1, "format_version": 1, "index": {}}"#).unwrap();
        let error = items(&path).unwrap_err();
        assert!(error.is::<Foreign>());
        assert!(error.to_string().contains("format 1,"), "{error}");
    }

    #[test]
    fn json_without_a_format_version_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        std::fs::write(&path, "{}").unwrap();
        assert!(!items(&path).unwrap_err().is::<Foreign>());
    }

    #[test]
    fn methods_are_listed_in_the_same_order_in_one_block_and_in_two() {
        let lines = |text: &str| regardless_of_blocks(text.lines().map(str::to_owned).collect());
        let one = lines("pub struct a::B\nimpl a::B\npub fn a::B::c()\npub const fn a::B::d()\nimpl Clone for a::B");
        let two = lines(
            "pub struct a::B\nimpl a::B\npub const fn a::B::d()\nimpl a::B\npub fn a::B::c()\nimpl Clone for a::B",
        );
        assert_eq!(one, two);
        assert_eq!(one.len(), 4);
    }

    #[test]
    fn only_builders_of_types_are_left_out() {
        assert!(repeats_fields("pub struct docspace_api::types::builder::RoomEnvelope\n"));
        assert!(!repeats_fields("pub struct docspace_api::builder::ListRooms<'a>\n"));
    }
}
