//! The library in browsers.

use std::process::Command;

use anyhow::Result;

use super::step::{Outcome, pass};
use crate::workspace::{Metadata, cargo, command};

const TARGET: &str = "wasm32-unknown-unknown";

/// Checks the library for wasm32, if the standard library for it is installed.
pub(super) fn run(_: &Metadata) -> Result<Outcome> {
    let rustc = command(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    if !has_target(rustc) {
        return Ok(Outcome::Skipped(format!("no standard library; install it with `rustup target add {TARGET}`")));
    }
    pass(cargo().args(["check", "--package", "docspace", "--target", TARGET]))
}

/// Whether the compiler has the standard library for the target. It prints a folder even if it does
/// not exist.
fn has_target(mut rustc: Command) -> bool {
    let output = rustc.args(["--print", "target-libdir", "--target", TARGET]).output();
    let folder =
        output.ok().filter(|output| output.status.success()).and_then(|out| String::from_utf8(out.stdout).ok());
    folder.is_some_and(|folder| std::path::Path::new(folder.trim()).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_compiler_has_no_target() {
        assert!(!has_target(Command::new("no-such-program")));
    }
}
