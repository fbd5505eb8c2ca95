//! Programs that need a network, which may be missing.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};

/// Without it, git waits for minutes on a network that drops its packets.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a program and kills it when it takes too long. Returns its error output if it failed, and
/// `None` if it succeeded.
pub(super) fn failure(command: &mut Command, patience: Duration) -> Result<Option<String>> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let mut stderr = child.stderr.take().context("no output")?;
    let (sender, output) = mpsc::channel();
    // Not joined, because programs that it started may outlive it and keep its output open.
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stderr.read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    let Ok(output) = output.recv_timeout(patience) else {
        child.kill()?;
        child.wait()?;
        return Ok(Some(format!("no answer after {} s", patience.as_secs())));
    };
    Ok(Some(output).filter(|_| !child.wait().is_ok_and(|status| status.success())))
}

/// The last line of an error output, which names the cause in the output of git and pip.
pub(super) fn reason(output: &str) -> &str {
    output.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no reason given")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_is_killed() {
        let shell = |script: &str, patience| failure(Command::new("sh").args(["-c", script]), patience).unwrap();
        assert_eq!(shell("echo so >&2; exit 1", PATIENCE).as_deref(), Some("so\n"));
        assert_eq!(shell("echo so >&2", PATIENCE), None);
        let started = std::time::Instant::now();
        let failed = shell("sleep 20 & sleep 20; exit 1", Duration::from_secs(1));
        assert_eq!(failed.as_deref(), Some("no answer after 1 s"));
        assert!(started.elapsed() < Duration::from_secs(15));
    }

    #[test]
    fn the_reason_is_the_last_line() {
        let output = "[ERROR] failed to clone\nCloning into 'x'...\nfatal: Could not resolve host: github.com\n\n";
        assert_eq!(reason(output), "fatal: Could not resolve host: github.com");
        assert_eq!(reason("\n"), "no reason given");
    }
}
