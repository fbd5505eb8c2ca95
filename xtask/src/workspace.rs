//! The workspace seen from a task: where it is, what cargo knows of it, and how to call cargo.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The folder of the root Cargo.toml.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// A command that runs at the root, in the environment of the person who called `cargo xtask`.
///
/// `cargo run` adds variables about xtask itself. Left in, they make build scripts that watch them (ring's, for one)
/// run anew whenever somebody changes between `cargo xtask test` and plain cargo.
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

/// The cargo that runs this task.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What `cargo metadata` says of the workspace's own packages.
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

    /// The features that are off by default and can be built anywhere, each as `package/feature`.
    ///
    /// `native-tls` is left out: it needs OpenSSL's headers, which a fresh machine does not have.
    pub(crate) fn extra_features(&self) -> Vec<String> {
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
    fn extra_features_are_those_one_has_to_ask_for() {
        let features = serde_json::json!({ "default": ["rustls"], "rustls": [], "native-tls": [], "blocking": [] });
        let metadata = Metadata(serde_json::json!({ "packages": [{ "name": "docspace", "features": features }] }));
        assert_eq!(metadata.extra_features(), ["docspace/blocking"]);
    }

    #[test]
    fn the_root_is_the_workspace() {
        assert!(root().join("xtask").is_dir());
        let target = Metadata::read().unwrap().target_directory();
        assert!(target.is_absolute());
    }
}
