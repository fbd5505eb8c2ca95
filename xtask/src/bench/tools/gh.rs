//! `gh`, the command of GitHub, from Debian.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{empty, install};
use crate::workspace::command;

/// The program. It is unpacked and not installed, so that nothing outside of the folder changes.
pub(in crate::bench) fn program(tools: &Path) -> Result<PathBuf> {
    let folder = tools.join("gh");
    let program = folder.join("usr/bin/gh");
    if program.exists() {
        return Ok(program);
    }
    empty(&folder)?;
    install(command("apt-get").args(["download", "gh"]).current_dir(&folder))?;
    let files = folder.read_dir()?.flatten().map(|entry| entry.path());
    let package = files.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "deb"));
    let package = package.context("apt-get downloaded nothing")?;
    install(command("dpkg").arg("-x").arg(package).arg(&folder))?;
    Ok(program)
}
