//! The minimum Rust version: Cargo.toml, README.md and CONTRIBUTING.md state the same one, and no
//! dependency needs a newer one.

use anyhow::{Context, Result, ensure};
use semver::Version;
use serde_json::Value;

use super::step::{Outcome, pass};
use crate::workspace::{Metadata, cargo, command, root};

/// Compares the versions that all crates state, and builds the library if a toolchain of that
/// version is installed.
///
/// Clippy's `incompatible_msrv` finds newer items of the standard library. This step finds the
/// rest.
pub(super) fn run(metadata: &Metadata) -> Result<Outcome> {
    let output = cargo().args(["metadata", "--format-version", "1"]).output()?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    let all: Value = serde_json::from_slice(&output.stdout).context("cargo metadata did not print JSON")?;
    let ours = ours(&all)?;
    let newer = newer(&all, &ours);
    ensure!(newer.is_empty(), "these need a newer Rust than our {ours}: {}", newer.join(", "));

    let toolchain = short(&ours);
    for name in ["README.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root().join(name)).with_context(|| format!("cannot read {name}"))?;
        ensure!(stated(&text).as_ref() == Some(&ours), "{name} does not state \"Rust {toolchain} or newer\"");
    }

    let with_it = || {
        let mut command = command("rustup");
        command.args(["run", &toolchain, "cargo"]);
        command
    };
    if !with_it().arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok(Outcome::Remark(format!("compared only, because toolchain {toolchain} is not installed")));
    }
    let mut check = with_it();
    // Another compiler would replace the artifacts of the other steps, so it gets its own folder.
    check.args(["check", "--package", "docspace", "--package", "docspace-cli"]).args(metadata.feature_arguments());
    pass(check.arg("--target-dir").arg(metadata.target_directory().join(&toolchain)))?;
    Ok(Outcome::Remark(format!("built with {toolchain}")))
}

/// The version that all crates of the workspace state.
fn ours(metadata: &Value) -> Result<Version> {
    let members = metadata["workspace_members"].as_array().map(Vec::as_slice).unwrap_or_default();
    let own = packages(metadata).filter(|package| members.contains(&package["id"]));
    let mut ours = None;
    for package in own {
        let version = needs(package).with_context(|| format!("{} states no rust-version", package["name"]))?;
        let first: &Version = ours.get_or_insert_with(|| version.clone());
        ensure!(*first == version, "{} states Rust {version}, others {first}", package["name"]);
    }
    ours.context("the workspace has no crates")
}

/// The crates that state a newer version. A crate without a stated version passes.
fn newer(metadata: &Value, ours: &Version) -> Vec<String> {
    let name = |package: &Value| {
        let needs = needs(package).filter(|needs| needs > ours)?;
        Some(format!("{} {} ({needs})", package["name"].as_str()?, package["version"].as_str()?))
    };
    packages(metadata).filter_map(name).collect()
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn needs(package: &Value) -> Option<Version> {
    version(package["rust_version"].as_str()?)
}

/// Reads `1.88` as well as `1.88.0`.
fn version(text: &str) -> Option<Version> {
    let zeros = ".0".repeat(2usize.saturating_sub(text.matches('.').count()));
    Version::parse(&format!("{text}{zeros}")).ok()
}

/// As people and rustup write it, without a patch number of zero.
fn short(version: &Version) -> String {
    match version.patch {
        0 => format!("{}.{}", version.major, version.minor),
        _ => version.to_string(),
    }
}

/// The version in a text such as "Rust 1.88 or newer".
fn stated(text: &str) -> Option<Version> {
    let (before, _) = text.split_once(" or newer")?;
    version(before.rsplit_once("Rust ")?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> Value {
        serde_json::json!({
            "workspace_members": ["a", "b"],
            "packages": [
                { "id": "a", "name": "a", "version": "0.1.0", "rust_version": "1.88" },
                { "id": "b", "name": "b", "version": "0.1.0", "rust_version": "1.88" },
                { "id": "c", "name": "old", "version": "1.0.0", "rust_version": "1.56.1" },
                { "id": "d", "name": "silent", "version": "1.0.0", "rust_version": null },
                { "id": "e", "name": "new", "version": "2.3.4", "rust_version": "1.88.1" },
            ],
        })
    }

    #[test]
    fn a_dependency_that_needs_more_is_named() {
        assert_eq!(newer(&metadata(), &Version::new(1, 88, 0)), ["new 2.3.4 (1.88.1)"]);
        assert!(newer(&metadata(), &Version::new(1, 89, 0)).is_empty());
    }

    #[test]
    fn our_crates_state_the_same() {
        let mut metadata = metadata();
        assert_eq!(ours(&metadata).unwrap(), Version::new(1, 88, 0));
        metadata["packages"][1]["rust_version"] = "1.90".into();
        assert!(ours(&metadata).unwrap_err().to_string().contains("1.90.0"));
        metadata["packages"][1]["rust_version"] = Value::Null;
        assert!(ours(&metadata).unwrap_err().to_string().contains("states no rust-version"));
    }

    #[test]
    fn versions_are_read_as_people_write_them() {
        assert_eq!(version("1.88"), Some(Version::new(1, 88, 0)));
        assert_eq!(version("1.56.1"), Some(Version::new(1, 56, 1)));
        assert_eq!((short(&Version::new(1, 88, 0)), short(&Version::new(1, 88, 2))), ("1.88".into(), "1.88.2".into()));
        assert_eq!(stated("With Rust 1.88 or newer and nothing else:"), Some(Version::new(1, 88, 0)));
        assert_eq!(stated("With Rust"), None);
    }
}
