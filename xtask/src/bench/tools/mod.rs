//! The programs of others that ours are compared with. They are installed below `target/tools`,
//! from the registries of Debian, npm and Python only.

pub(super) mod gh;
pub(super) mod prism;
pub(super) mod python_sdk;

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Runs a step of an installation. The error contains the end of its output.
fn install(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("{name} is not installed"))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name}: {}", errors.trim().lines().next_back().unwrap_or("no output"));
    Ok(())
}

/// Empties a folder for an installation.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}
