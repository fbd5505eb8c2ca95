//! The workspace: the paths of its files, its cargo metadata, and how to call cargo.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The spec. This path and the following ones are relative to [`root`].
pub(crate) const SPEC: &str = "openapi/docspace.yaml";
/// The published document, reduced to our scope.
pub(crate) const UPSTREAM: &str = "openapi/upstream.json";
/// The reasons for the differences between the spec and the published document.
pub(crate) const DEVIATIONS: &str = "openapi/deviations.yaml";
/// The recordings of a real portal.
pub(crate) const RECORDINGS: &str = "tests/recordings";

/// The folder of the root Cargo.toml.
///
/// It is determined when a task runs, not when it is compiled: cargo does not compile a task again
/// after its checkout was copied or moved, and a task must work on the checkout in which it runs.
/// Outside of a checkout this is the current directory, and the task fails with the name of a file
/// that is missing there.
pub(crate) fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let current = std::env::current_dir().unwrap_or_default();
    find_root(package.as_deref(), &current).unwrap_or(current)
}

/// The workspace that contains the package that cargo runs, or else the current directory.
fn find_root(package: Option<&Path>, current: &Path) -> Option<PathBuf> {
    let starts = package.into_iter().chain([current]);
    starts.flat_map(Path::ancestors).find(|folder| is_root(folder)).map(Path::to_path_buf)
}

/// Whether the folder is the root of a workspace with an xtask package.
fn is_root(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim() == "[workspace]") && folder.join("xtask/Cargo.toml").is_file()
}

/// A command that runs at the root, without the variables that `cargo run` adds about xtask.
///
/// Some build scripts, such as ring's, watch these variables. They would run again each time that a
/// person alternates between `cargo xtask test` and plain cargo.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// The file of this program. Cargo may have rebuilt it since it was started.
pub(crate) fn this_program() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let name = program.as_os_str().to_string_lossy();
    // Linux adds this to the name of a file that was replaced.
    Ok(name.strip_suffix(" (deleted)").map_or(program.clone(), PathBuf::from))
}

/// The cargo that runs this task.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The cargo metadata of the workspace's own packages.
#[derive(Clone)]
pub(crate) struct Metadata(Value);

impl Metadata {
    pub(crate) fn read() -> Result<Self> {
        let output = cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
        ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
        Ok(Self(serde_json::from_slice(&output.stdout).context("cargo metadata did not print JSON")?))
    }

    pub(crate) fn target_directory(&self) -> PathBuf {
        self.0["target_directory"].as_str().map_or_else(|| root().join("target"), PathBuf::from)
    }

    /// The cargo arguments that turn on all features that can be built without system libraries.
    pub(crate) fn feature_arguments(&self) -> Vec<String> {
        let features = self.extra_features();
        if features.is_empty() { features } else { vec!["--features".to_owned(), features.join(",")] }
    }

    /// The features that are off by default and need no system libraries, each as
    /// `package/feature`.
    ///
    /// `native-tls` is left out because it needs the headers of OpenSSL.
    fn extra_features(&self) -> Vec<String> {
        let mut features = Vec::new();
        for package in self.0["packages"].as_array().into_iter().flatten() {
            let name = package["name"].as_str().unwrap_or_default();
            let all = package["features"].as_object();
            let by_default = &package["features"]["default"];
            let is_extra = |feature: &&String| {
                let on = by_default.as_array().is_some_and(|list| list.iter().any(|on| on == feature.as_str()));
                !on && *feature != "default" && !feature.starts_with("native-tls")
            };
            let names = all.into_iter().flatten().map(|(feature, _)| feature).filter(is_extra);
            features.extend(names.map(|feature| format!("{name}/{feature}")));
        }
        features
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_features_are_those_that_are_off_by_default() {
        let features = serde_json::json!({ "default": ["rustls"], "rustls": [], "native-tls": [], "blocking": [] });
        let metadata = Metadata(serde_json::json!({ "packages": [{ "name": "docspace", "features": features }] }));
        assert_eq!(metadata.extra_features(), ["docspace/blocking"]);
    }

    #[test]
    fn root_is_the_workspace() {
        assert!(root().join(SPEC).is_file());
        let target = Metadata::read().unwrap().target_directory();
        assert!(target.is_absolute());
    }

    /// Writes the manifests of a workspace with an xtask package.
    fn checkout(folder: &Path) -> PathBuf {
        std::fs::create_dir_all(folder.join("xtask/src")).unwrap();
        std::fs::write(folder.join("Cargo.toml"), "[workspace]\nmembers = [\"xtask\"]\n").unwrap();
        std::fs::write(folder.join("xtask/Cargo.toml"), "[package]\nname = \"xtask\"\n").unwrap();
        folder.to_path_buf()
    }

    #[test]
    fn root_contains_the_package_that_cargo_runs() {
        let folder = tempfile::tempdir().unwrap();
        let (this, other) = (checkout(&folder.path().join("this")), checkout(&folder.path().join("other")));
        assert_eq!(find_root(Some(&this.join("xtask")), &other), Some(this));
    }

    #[test]
    fn root_contains_the_current_directory_without_cargo() {
        let folder = tempfile::tempdir().unwrap();
        let checkout = checkout(folder.path());
        assert_eq!(find_root(None, &checkout.join("xtask/src")), Some(checkout.clone()));
        assert_eq!(find_root(None, &checkout), Some(checkout.clone()));
        // A package outside of a checkout is ignored.
        assert_eq!(find_root(Some(Path::new("/")), &checkout), Some(checkout));
        assert_eq!(find_root(None, Path::new("/")), None);
    }
}
