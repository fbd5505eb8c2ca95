//! One step of `cargo xtask test`, and what steps share.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::workspace::Metadata;

/// One thing that must hold.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) run: fn(&Metadata) -> Result<Outcome>,
}

/// How a step ended that did not fail.
pub(super) enum Outcome {
    Passed,
    /// Passed, with this to be said of it.
    Remark(String),
    /// Passed, with so many tests.
    Tests(usize),
    /// Not run, and why that is no failure.
    Skipped(String),
}

/// Runs the command with its output going where ours goes.
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
