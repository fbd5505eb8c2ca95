//! The vendor's SDK for Python, from PyPI.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::{empty, install};
use crate::workspace::command;

const PACKAGE: &str = "docspace-api-sdk==3.7.0";
/// Written when the installation is complete.
const DONE: &str = "installed";

/// A Python that has the SDK, with the program that measures it.
pub(in crate::bench) fn program(tools: &Path) -> Result<Command> {
    let folder = tools.join("python-sdk");
    let python = folder.join("bin/python");
    if std::fs::read_to_string(folder.join(DONE)).unwrap_or_default() != PACKAGE {
        empty(&folder)?;
        install(command("python3").args(["-m", "venv"]).arg(&folder))?;
        install(command(&python).args(["-m", "pip", "install", "--quiet", PACKAGE]))?;
        std::fs::write(folder.join(DONE), PACKAGE)?;
    }
    let mut program = command(python);
    // Its models have names that pydantic warns about.
    program.args(["-W", "ignore", "tests/bench/sdk/measure.py"]);
    Ok(program)
}
