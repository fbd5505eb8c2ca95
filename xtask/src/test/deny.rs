//! The rules of deny.toml for the dependencies, which cargo-deny checks.
//!
//! Building cargo-deny takes longer than most steps, and its answer depends on a few files only. So
//! the fingerprint of the files that passed is kept in the repository, and cargo-deny runs again
//! when one of them changes.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use semver::Version;
use sha2::{Digest as _, Sha256};

use super::attempt::{PATIENCE, failure, reason};
use super::step::{Outcome, pass};
use super::tool::{Installation, Tool};
use crate::workspace::{Metadata, root};

/// The name of the step that needs the tool.
pub(super) const STEP: &str = "licenses and sources";

static DENY: Tool = Tool { name: "deny", version: Version::new(0, 20, 2), features: &[] };

static INSTALLATION: Installation = Installation::new(&DENY);

/// Where the fingerprint of what passed is kept.
const CHECKED: &str = ".config/deny-checked.txt";

/// The database of advisories that cargo-deny reads.
const ADVISORIES: &str = "https://github.com/RustSec/advisory-db";

/// Begins to install cargo-deny, if it is needed and missing, while other steps run and leave a
/// core idle.
pub(super) fn prepare(metadata: &Metadata) {
    if !is_checked(&root()).unwrap_or(false) {
        INSTALLATION.begin(metadata);
    }
}

/// Licenses, sources and banned crates, which the crate registry describes.
pub(super) fn rules(metadata: &Metadata) -> Result<Outcome> {
    let root = root();
    if is_checked(&root)? {
        return Ok(Outcome::Remark(format!("passed before with these dependencies, see {CHECKED}")));
    }
    pass(INSTALLATION.command(metadata)?.args(["check", "bans", "licenses", "sources"]))?;
    let text = format!("{}\n", fingerprint(&root)?);
    std::fs::write(root.join(CHECKED), text).with_context(|| format!("cannot write {CHECKED}"))?;
    Ok(Outcome::Remark(format!("commit {CHECKED}, so that it does not run again for the same dependencies")))
}

/// Known vulnerabilities of the dependencies. Their list is on GitHub, and a build machine may
/// reach the crate registry only, so an unreachable list does not fail the run.
pub(super) fn advisories(metadata: &Metadata) -> Result<Outcome> {
    let mut reach = Command::new("git");
    reach.args(["ls-remote", ADVISORIES, "HEAD"]).env("GIT_TERMINAL_PROMPT", "0");
    if let Some(output) = failure(&mut reach, PATIENCE)? {
        return Ok(Outcome::Skipped(format!("the list of advisories cannot be fetched: {}", reason(&output))));
    }
    pass(INSTALLATION.command(metadata)?.args(["check", "advisories"]))
}

/// Whether cargo-deny has passed with exactly these files.
fn is_checked(root: &Path) -> Result<bool> {
    let checked = std::fs::read_to_string(root.join(CHECKED)).unwrap_or_default();
    Ok(checked.trim_end() == fingerprint(root)?)
}

/// One number for all that the answer of cargo-deny depends on: its version, its rules, the
/// dependencies with their versions, and the manifests that ask for them.
fn fingerprint(root: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(DENY.version.to_string());
    let mut files = vec![root.join("Cargo.lock"), root.join("Cargo.toml"), root.join("deny.toml")];
    for folder in ["crates", "tests"] {
        for entry in root.join(folder).read_dir().with_context(|| format!("cannot read {folder}"))? {
            files.push(entry?.path().join("Cargo.toml"));
        }
    }
    files.push(root.join("xtask/Cargo.toml"));
    files.sort();
    for file in files.iter().filter(|file| file.is_file()) {
        // Line ends as in the repository, whatever git made of them here.
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        hash.update(text.replace("\r\n", "\n"));
        hash.update([0]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_dependency_manifest_or_rule_is_checked_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join(".config")).unwrap();
        std::fs::create_dir_all(root.join("crates/a")).unwrap();
        std::fs::create_dir_all(root.join("tests")).unwrap();
        assert!(!is_checked(root).unwrap());
        for file in ["Cargo.lock", "deny.toml", "crates/a/Cargo.toml"] {
            std::fs::write(root.join(CHECKED), fingerprint(root).unwrap() + "\n").unwrap();
            assert!(is_checked(root).unwrap());
            std::fs::write(root.join(file), "a = 1\n").unwrap();
            assert!(!is_checked(root).unwrap(), "{file}");
        }
    }
}
