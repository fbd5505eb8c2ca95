//! What the dependencies may be, which deny.toml says and cargo-deny checks.

use anyhow::Result;
use semver::Version;

use super::steps::{Outcome, pass};
use super::tool::Tool;
use crate::workspace::Metadata;

const DENY: Tool = Tool { name: "deny", version: Version::new(0, 20, 2), features: &[] };

/// Licences, sources and banned crates: what the crate registry tells is enough for them.
pub(super) fn rules(metadata: &Metadata) -> Result<Outcome> {
    pass(DENY.command(metadata)?.args(["check", "bans", "licenses", "sources"]))
}

/// Known faults of the dependencies. Their list is on GitHub, and a build machine may see the crate registry only; so
/// a list that cannot be had is no failure.
pub(super) fn advisories(metadata: &Metadata) -> Result<Outcome> {
    let fetched = DENY.command(metadata)?.args(["fetch", "db"]).output()?;
    if !fetched.status.success() {
        let output = String::from_utf8_lossy(&fetched.stderr);
        let why = reason(&output);
        return Ok(Outcome::Skipped(format!("the list of advisories cannot be fetched: {why}")));
    }
    pass(DENY.command(metadata)?.args(["check", "advisories"]))
}

/// The last line of what a program had to say, which for git is the one that names the cause.
fn reason(output: &str) -> &str {
    output.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it does not say why")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_what_git_said_last() {
        let output = "[ERROR] failed to clone\nCloning into 'x'...\nfatal: Could not resolve host: github.com\n\n";
        assert_eq!(reason(output), "fatal: Could not resolve host: github.com");
        assert_eq!(reason("\n"), "it does not say why");
    }
}
