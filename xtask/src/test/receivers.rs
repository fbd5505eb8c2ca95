//! The receivers of webhooks in `examples/receivers` that are written in Rust. They are a workspace
//! of their own with large frameworks, so an ordinary run skips them.

use anyhow::Result;

use super::step::{Outcome, pass};
use crate::workspace::{Metadata, cargo};

pub(super) const STEP: &str = "receivers";

/// The variable that adds this step to a run of all steps.
pub(super) const VARIABLE: &str = "DOCSPACE_TEST_RECEIVERS";

const MANIFEST: &str = "examples/receivers/Cargo.toml";

/// Checks the format, and compiles and tests the receivers.
pub(super) fn run(metadata: &Metadata) -> Result<Outcome> {
    if std::env::var_os(VARIABLE).is_none() && !is_named(std::env::args()) {
        return Ok(Outcome::Skipped(format!("set {VARIABLE}, or run `cargo xtask test --only {STEP}`")));
    }
    pass(cargo().args(["fmt", "--all", "--check", "--manifest-path", MANIFEST]))?;
    let mut test = cargo();
    test.args(["test", "--quiet", "--manifest-path", MANIFEST, "--target-dir"]);
    pass(test.arg(metadata.target_directory().join("receivers")))
}

/// Whether the command line names this step.
fn is_named(mut arguments: impl Iterator<Item = String>) -> bool {
    arguments.any(|argument| argument == STEP || argument == format!("--only={STEP}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn step_runs_if_the_command_line_names_it() {
        let named = |line: &str| is_named(line.split(' ').map(str::to_owned));
        assert!(named("xtask test --only receivers") && named("xtask test --only=receivers"));
        assert!(!named("xtask test --only document"));
    }
}
