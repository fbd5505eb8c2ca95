//! The tests that cargo-nextest runs.

use anyhow::{Context, Result};
use semver::Version;

use super::step::{Outcome, pass};
use super::tool::Tool;
use crate::workspace::Metadata;

/// The minimum version for .config/nextest.toml.
const NEXTEST: Tool = Tool {
    name: "nextest",
    version: Version::new(0, 9, 114),
    // Self-updating doubles the build time.
    features: &["default-no-update"],
};

pub(super) fn run(metadata: &Metadata) -> Result<Outcome> {
    let mut nextest = NEXTEST.command(metadata)?;
    nextest.args(["run", "--workspace", "--profile", "ci"]).args(metadata.feature_arguments());
    // The report of an earlier run must not be read as the report of this one.
    let report = crate::workspace::root().join("target/nextest/ci/junit.xml");
    let _ = std::fs::remove_file(&report);
    pass(&mut nextest)?;
    let report = std::fs::read_to_string(&report).with_context(|| format!("no report in {}", report.display()))?;
    Ok(Outcome::Tests(count(&report).context("the report has no number of tests")?))
}

/// The number of tests in a JUnit report: its first `tests="…"`.
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
    fn the_configuration_asks_for_the_pinned_version() {
        let configuration = std::fs::read_to_string(crate::workspace::root().join(".config/nextest.toml")).unwrap();
        assert!(configuration.contains(&format!("required = \"{}\"", NEXTEST.version)));
    }
}
