//! A client in Python, and a receiver with Flask.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::install::{once, source};
use super::mock::Mock;
use crate::full::FULL;
use crate::test::step::pass;
use crate::workspace::command;

/// The list of programs, each with its version.
const LIST: &str = "requirements.txt";

/// Fails with a Python that is older than 3.11, which the tests need.
const NEW_ENOUGH: &str = "import sys; sys.exit(sys.version_info < (3, 11))";

/// Installs the programs with pip, in an environment of their own.
pub(super) fn install(source: &Path, folder: &Path) -> Result<std::result::Result<(), String>> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    match command(python).args(["-c", NEW_ENOUGH]).status() {
        Ok(status) if status.success() => {}
        Ok(_) => return Ok(Err("Python is older than 3.11".to_owned())),
        Err(_) => return Ok(Err("Python is not installed".to_owned())),
    }
    let mut environment = command(python);
    environment.args(["-m", "venv", "--clear"]).arg(folder.join("venv"));
    let mut pip = command(program(folder, "pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]);
    pip.args(["--retries", "1", "--only-binary", ":all:", "--requirement"]).arg(source.join(LIST));
    once(&source.join(LIST), folder, &mut [environment, pip])
}

/// Generates the client, and runs its tests and those of the receiver.
pub(super) fn test(folder: &Path, mock: &Mock) -> Result<()> {
    let source = source("python");
    let generated = folder.join("generated");
    let mut generate = command(program(folder, "openapi-python-client"));
    generate.args(["generate", "--overwrite", "--fail-on-warning", "--meta", "none", "--path", FULL]);
    generate.arg("--config").arg(source.join("config.yaml"));
    generate.arg("--output-path").arg(generated.join("docspace_client"));
    pass(&mut generate).context("openapi-python-client")?;
    for file in ["test_client.py", "test_receiver.py"] {
        let mut tests = command(program(folder, "python"));
        tests.arg(source.join(file)).env("PYTHONPATH", &generated);
        pass(mock.given_to(&mut tests)).with_context(|| format!("tests/clients/python/{file}"))?;
    }
    Ok(())
}

/// A program of the environment.
fn program(folder: &Path, name: &str) -> PathBuf {
    let programs = folder.join("venv").join(if cfg!(windows) { "Scripts" } else { "bin" });
    programs.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_pinned() {
        let list = std::fs::read_to_string(source("python").join(LIST)).unwrap();
        let names: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
        for name in ["openapi-python-client==", "Flask=="] {
            assert!(names.iter().any(|line| line.starts_with(name)), "{name}");
        }
        assert!(names.iter().all(|name| name.contains("==")), "{names:?}");
    }
}
