//! One step of `cargo xtask test`, and what steps share.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::workspace::Metadata;

/// One thing that must hold.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) run: fn(&Metadata) -> Result<Outcome>,
}

/// The outcome of a step that did not fail.
pub(super) enum Outcome {
    Passed,
    /// Passed, with a remark for the summary.
    Remark(String),
    /// Passed, with this number of tests.
    Tests(usize),
    /// Not run, with the reason.
    Skipped(String),
}

/// Runs the command. Its output goes where the output of this program goes.
pub(super) fn pass(command: &mut Command) -> Result<Outcome> {
    let status = command.stdin(Stdio::null()).status();
    let status = status.with_context(|| format!("cannot start {}", command.get_program().display()))?;
    ensure!(status.success(), "{status}, see above");
    Ok(Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_cannot_start_is_named() {
        let error = pass(&mut Command::new("no-such-program")).err().unwrap();
        assert!(format!("{error:#}").starts_with("cannot start no-such-program"));
    }
}
