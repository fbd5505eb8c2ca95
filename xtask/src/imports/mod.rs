//! `cargo xtask imports`: finds files and top-level modules that import from each other in a cycle.
//!
//! [`tree`] reads the modules of a crate, [`scope`] lists the names in each, [`names`] follows a
//! path to the file that defines what it names, [`uses`] collects the paths of a module, and
//! [`graph`] finds the cycles.
//!
//! - An edge leads from the file that names an item to the file that defines it, through any number
//!   of re-exports. A path that ends at a module leads to the file of the module. A path that ends
//!   in another crate leads to the file with the last re-export.
//! - Paths count everywhere: in `use` declarations, types, expressions, calls of macros, and
//!   attributes such as serde's `with`. In the body of a `macro_rules!`, only paths from `crate`
//!   count.
//! - Edges between a module and its own ancestor or descendant do not count.
//! - Tests do not count. Generated files can be the target of an edge, but not its source.
//!
//! The check does not see what the compiler infers: the types of fields, and the methods that are
//! called on a value.

mod graph;
mod names;
mod report;
mod scope;
#[cfg(test)]
mod tests;
mod tree;
mod uses;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use report::Report;
use tree::Tree;

use crate::words::say;
use crate::workspace::cargo;

/// Prints the figures and cycles of every library and program of the workspace in `folder`, and
/// fails if there is a cycle.
pub(crate) fn run(folder: &Path) -> Result<()> {
    let mut failed = Vec::new();
    for root in roots(folder)? {
        let folder = root.file.parent().context("the root of a crate has no folder")?;
        let name = root.file.file_name().and_then(|name| name.to_str()).context("the root of a crate has no name")?;
        let tree = Tree::read(name, |file| std::fs::read_to_string(folder.join(file)).ok())
            .with_context(|| format!("cannot read {}", root.package))?;
        let report = Report::of(&tree);
        say!("{} ({name}): {report}", root.package);
        if report.has_cycle() {
            failed.push(format!("{} ({name})", root.package));
        }
    }
    ensure!(
        failed.is_empty(),
        "files or top-level modules import from each other in a cycle, in {}; move what both need to the lower one",
        failed.join(", ")
    );
    Ok(())
}

/// The root file of a library or program.
struct Root {
    package: String,
    file: PathBuf,
}

fn roots(folder: &Path) -> Result<Vec<Root>> {
    let mut metadata = cargo();
    metadata.current_dir(folder).args(["metadata", "--no-deps", "--format-version", "1"]);
    let output = metadata.output()?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata did not print JSON")?;
    let mut roots = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        for target in package["targets"].as_array().into_iter().flatten() {
            let is_counted = |kind: &Value| ["lib", "proc-macro", "bin"].map(Value::from).contains(kind);
            if target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(is_counted)) {
                roots.push(Root {
                    package: package["name"].as_str().context("a package without a name")?.to_owned(),
                    file: target["src_path"].as_str().context("a target without a file")?.into(),
                });
            }
        }
    }
    Ok(roots)
}
