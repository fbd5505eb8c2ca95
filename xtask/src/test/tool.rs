//! Programs that steps need and that cargo can install.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, Result};
use semver::Version;

use super::step::pass;
use crate::workspace::{Metadata, cargo, command};

/// A subcommand of cargo, pinned to the newest version that builds with the `rust-version` of the
/// workspace.
pub(super) struct Tool {
    /// Its name after `cargo `.
    pub(super) name: &'static str,
    /// The version to install. A newer one that is already installed is used instead.
    pub(super) version: Version,
    /// The features to build it with. Default features are off, to build less.
    pub(super) features: &'static [&'static str],
}

impl Tool {
    /// The start of its command line. Installs the tool first if it is missing or too old.
    pub(super) fn command(&self, metadata: &Metadata) -> Result<Command> {
        if self.found(cargo()).is_some_and(|found| found >= self.version) {
            return Ok(self.started_by(cargo()));
        }
        // Not ~/.cargo/bin: running the tests should change nothing outside of the checkout.
        let tools = metadata.target_directory().join("tools");
        let program = self.program(&tools);
        if self.found(command(&program)).as_ref() != Some(&self.version) {
            let Self { name, version, .. } = self;
            println!("installing cargo-{name} {version} into {}; this takes minutes, once", tools.display());
            // Without debug information there is less to build and to link.
            let mut install = cargo();
            install.args(self.install()).arg("--root").arg(&tools).env("CARGO_PROFILE_DEV_DEBUG", "false");
            pass(&mut install).with_context(|| format!("cannot install cargo-{name}"))?;
        }
        Ok(self.started_by(command(&program)))
    }

    fn program(&self, tools: &Path) -> PathBuf {
        tools.join("bin").join(format!("cargo-{}{}", self.name, std::env::consts::EXE_SUFFIX))
    }

    /// Passes the name of the subcommand as the first argument, as cargo does.
    fn started_by(&self, mut program: Command) -> Command {
        program.arg(self.name);
        program
    }

    /// The version of the program, if it can be started.
    fn found(&self, program: Command) -> Option<Version> {
        let output =
            self.started_by(program).arg("--version").output().ok().filter(|output| output.status.success())?;
        parse_version(&String::from_utf8(output.stdout).ok()?)
    }

    /// The arguments of cargo that install it, without the folder. An optimized build takes three
    /// times as long and saves seconds.
    fn install(&self) -> Vec<String> {
        let mut arguments: Vec<String> =
            ["install", "--debug", "--quiet", "--locked", "--no-default-features"].map(String::from).into();
        arguments.extend([format!("cargo-{}", self.name), "--version".to_owned(), self.version.to_string()]);
        if !self.features.is_empty() {
            arguments.extend(["--features".to_owned(), self.features.join(",")]);
        }
        arguments
    }
}

/// A tool that is installed in the background.
pub(super) struct Installation {
    tool: &'static Tool,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Installation {
    pub(super) const fn new(tool: &'static Tool) -> Self {
        Self { tool, thread: Mutex::new(None) }
    }

    /// Begins to install the tool, if it is missing.
    pub(super) fn begin(&self, metadata: &Metadata) {
        let (tool, metadata) = (self.tool, metadata.clone());
        // A failure is reported by `command`, which tries again.
        let thread = std::thread::spawn(move || drop(tool.command(&metadata)));
        *self.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
    }

    /// The start of its command line, once it is installed.
    pub(super) fn command(&self, metadata: &Metadata) -> Result<Command> {
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = thread.join();
        }
        self.tool.command(metadata)
    }
}

/// Reads `cargo-nextest 0.9.114 (…)`.
fn parse_version(text: &str) -> Option<Version> {
    Version::parse(text.split_whitespace().nth(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOOL: Tool = Tool { name: "no-such-tool", version: Version::new(1, 2, 3), features: &["a", "b"] };

    #[test]
    fn a_version_is_read() {
        let text = "cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143\n";
        assert_eq!(parse_version(text), Some(Version::new(0, 9, 143)));
        assert_eq!(parse_version("cargo-deny 0.20.2\n"), Some(Version::new(0, 20, 2)));
        assert_eq!(parse_version("error"), None);
    }

    #[test]
    fn a_missing_program_has_no_version() {
        assert_eq!(TOOL.found(cargo()), None);
        assert_eq!(TOOL.found(command(TOOL.program(Path::new("nowhere")))), None);
    }

    #[test]
    fn the_version_and_the_features_are_pinned() {
        let wanted =
            "install --debug --quiet --locked --no-default-features cargo-no-such-tool --version 1.2.3 --features a,b";
        assert_eq!(TOOL.install().join(" "), wanted);
    }
}
