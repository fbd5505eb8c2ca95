//! What the dependencies may be, which deny.toml says and cargo-deny checks.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};
use semver::Version;

use super::step::{Outcome, pass};
use super::tool::{Installation, Tool};
use crate::workspace::Metadata;

/// The name of the step that needs the tool.
pub(super) const STEP: &str = "licenses and sources";

static DENY: Tool = Tool { name: "deny", version: Version::new(0, 20, 2), features: &[] };

static INSTALLATION: Installation = Installation::new(&DENY);

/// Begins to install cargo-deny, if it is missing, while other steps run. They leave a core idle now and then.
pub(super) fn prepare(metadata: &Metadata) {
    INSTALLATION.begin(metadata);
}

/// Licences, sources and banned crates: what the crate registry tells is enough for them.
pub(super) fn rules(metadata: &Metadata) -> Result<Outcome> {
    pass(INSTALLATION.command(metadata)?.args(["check", "bans", "licenses", "sources"]))
}

/// Known faults of the dependencies. Their list is on GitHub, and a build machine may see the crate registry only; so
/// a list that cannot be had is no failure.
pub(super) fn advisories(metadata: &Metadata) -> Result<Outcome> {
    if let Some(output) = failure(INSTALLATION.command(metadata)?.args(["fetch", "db"]), PATIENCE)? {
        let why = reason(&output);
        return Ok(Outcome::Skipped(format!("the list of advisories cannot be fetched: {why}")));
    }
    pass(INSTALLATION.command(metadata)?.args(["check", "advisories"]))
}

/// A network that swallows what is sent lets git wait for minutes, several times over.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a program, for so long at most. What it had to say where it failed, and none where it did not.
fn failure(command: &mut Command, patience: Duration) -> Result<Option<String>> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let mut stderr = child.stderr.take().context("no output")?;
    let (told, output) = mpsc::channel();
    // Not joined: the programs that it started may outlive it, and keep its output open.
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stderr.read_to_end(&mut bytes);
        let _ = told.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    let Ok(output) = output.recv_timeout(patience) else {
        child.kill()?;
        child.wait()?;
        return Ok(Some(format!("no end of it after {} s", patience.as_secs())));
    };
    Ok(Some(output).filter(|_| !child.wait().is_ok_and(|status| status.success())))
}

/// The last line of what a program had to say, which for git is the one that names the cause.
fn reason(output: &str) -> &str {
    output.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it does not say why")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_is_not_waited_for() {
        let shell = |script: &str, patience| failure(Command::new("sh").args(["-c", script]), patience).unwrap();
        assert_eq!(shell("echo so >&2; exit 1", PATIENCE).as_deref(), Some("so\n"));
        assert_eq!(shell("echo so >&2", PATIENCE), None);
        let started = std::time::Instant::now();
        let told = shell("sleep 20 & sleep 20; exit 1", Duration::from_secs(1));
        assert_eq!(told.as_deref(), Some("no end of it after 1 s"));
        assert!(started.elapsed() < Duration::from_secs(15));
    }

    #[test]
    fn the_reason_is_what_git_said_last() {
        let output = "[ERROR] failed to clone\nCloning into 'x'...\nfatal: Could not resolve host: github.com\n\n";
        assert_eq!(reason(output), "fatal: Could not resolve host: github.com");
        assert_eq!(reason("\n"), "it does not say why");
    }
}
