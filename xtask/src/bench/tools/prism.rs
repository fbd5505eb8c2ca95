//! Prism, which serves made-up answers for any OpenAPI document, from npm.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::{empty, install};
use crate::workspace::command;

const PACKAGE: &str = "@stoplight/prism-cli@5.14.2";

/// The start of its command line.
pub(in crate::bench) fn program(tools: &Path) -> Result<Command> {
    let folder = tools.join("prism");
    let program = folder.join("node_modules/.bin/prism");
    if !program.exists() {
        empty(&folder)?;
        install(command("npm").args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(PACKAGE))?;
    }
    Ok(command(program))
}
