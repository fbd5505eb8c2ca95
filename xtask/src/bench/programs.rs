//! The programs of this workspace that are measured, as they would be released.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace::{cargo, command};

/// Builds all of them at once, so that they share their dependencies.
pub(super) fn build() -> Result<()> {
    println!("building docspace, docspace-mock and bench for release; this takes minutes after a change");
    let mut build = cargo();
    build.args(["build", "--quiet", "--release"]);
    build.args(["--package", "docspace-cli", "--package", "docspace-mock", "--package", "bench"]);
    let status = build.status().context("cannot start cargo")?;
    ensure!(status.success(), "the programs cannot be built, see above");
    Ok(())
}

/// The file of a program.
pub(super) fn file(target: &Path, name: &str) -> PathBuf {
    target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The command line of a program, without the settings of the person who runs it.
pub(super) fn program(target: &Path, name: &str) -> Command {
    let mut program = command(file(target, name));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("DOCSPACE_") || name.ends_with("_proxy")) {
            program.env_remove(name);
        }
    }
    program
}
