//! The tests proper, run by cargo-nextest.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use semver::Version;

use super::steps::{Outcome, feature_arguments, pass};
use crate::workspace::{Metadata, cargo, command};

/// The version to install where there is none, and the oldest that .config/nextest.toml is written for. It is the
/// newest that builds with the workspace's `rust-version`.
const PINNED: Version = Version::new(0, 9, 114);

pub(super) fn run(metadata: &Metadata) -> Result<Outcome> {
    // Not ~/.cargo/bin: running the tests should change nothing outside of the checkout.
    let tools = metadata.target_directory().join("tools");
    let installed = tools.join("bin/cargo-nextest");
    let mut nextest = if version(cargo()).is_some_and(|found| found >= PINNED) {
        cargo()
    } else {
        if version(command(&installed)) != Some(PINNED) {
            install(&tools)?;
        }
        command(&installed)
    };
    nextest.args(["nextest", "run", "--workspace", "--profile", "ci"]).args(feature_arguments(metadata));
    // A report of an earlier run must not be taken for this one's.
    let report = crate::workspace::root().join("target/nextest/ci/junit.xml");
    let _ = std::fs::remove_file(&report);
    pass(&mut nextest)?;
    let report = std::fs::read_to_string(&report).with_context(|| format!("no report in {}", report.display()))?;
    Ok(Outcome::Tests(count(&report).context("the report has no number of tests")?))
}

/// The version of nextest that the program has, if it has any.
fn version(mut program: Command) -> Option<Version> {
    let output = program.args(["nextest", "--version"]).output().ok().filter(|output| output.status.success())?;
    parse_version(&String::from_utf8(output.stdout).ok()?)
}

/// Reads `cargo-nextest 0.9.114 (…)`.
fn parse_version(text: &str) -> Option<Version> {
    Version::parse(text.split_whitespace().nth(1)?).ok()
}

fn install(tools: &Path) -> Result<Outcome> {
    println!("installing cargo-nextest {PINNED} into {}; this takes a few minutes, once", tools.display());
    let mut install = cargo();
    install.args(["install", "cargo-nextest", "--locked", "--version", &PINNED.to_string()]);
    // Without the part that updates itself, which doubles the time to build.
    install.args(["--no-default-features", "--features", "default-no-update", "--root"]).arg(tools);
    pass(&mut install).context("cannot install cargo-nextest")
}

/// The number of tests in a JUnit report, which the first `tests="…"` tells.
fn count(report: &str) -> Option<usize> {
    let (_, rest) = report.split_once("tests=\"")?;
    rest.split_once('"')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_counted() {
        let report = r#"<testsuites name="nextest-run" tests="42" failures="0"><testsuite name="a" tests="2">"#;
        assert_eq!(count(report), Some(42));
        assert_eq!(count("<testsuites/>"), None);
    }

    #[test]
    fn a_version_is_read() {
        let text = "cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143\n";
        assert_eq!(parse_version(text), Some(Version::new(0, 9, 143)));
        assert_eq!(parse_version("error"), None);
    }

    #[test]
    fn the_configuration_asks_for_the_pinned_version() {
        let configuration = std::fs::read_to_string(crate::workspace::root().join(".config/nextest.toml")).unwrap();
        assert!(configuration.contains(&format!("required = \"{PINNED}\"")));
    }
}
