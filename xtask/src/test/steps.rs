//! The steps of `cargo xtask test`.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::step::{Outcome, Step, pass};
use super::{deny, dependencies, document, nextest, receivers, rust_version, wasm};
use crate::public_api::Foreign;
use crate::workspace::{Metadata, cargo, command, root, this_program};

/// In the order in which they run: steps that take seconds before steps that take minutes.
pub(super) static STEPS: [Step; 17] = [
    Step { name: "format", run: format },
    Step { name: "spec rules", run: |_| own(&["check"]) },
    Step { name: "generated code", run: |_| own(&["generate", "--check", "--only", "code"]) },
    Step { name: "imports", run: |_| crate::imports::run(&root()).map(|()| Outcome::Passed) },
    Step { name: "dependencies", run: dependencies::run },
    Step { name: "minimum Rust version", run: rust_version::run },
    Step { name: "clippy", run: clippy },
    Step { name: "tests", run: nextest::run },
    Step { name: "schemas", run: |_| crate::schemas::run(true).map(|()| Outcome::Passed) },
    Step { name: document::STEP, run: document::run },
    Step { name: receivers::STEP, run: receivers::run },
    Step { name: "doctests", run: doctests },
    Step { name: "docs", run: docs },
    Step { name: "public API", run: public_api },
    Step { name: "wasm32", run: wasm::run },
    Step { name: deny::STEP, run: deny::rules },
    Step { name: "advisories", run: deny::advisories },
];

fn format(_: &Metadata) -> Result<Outcome> {
    pass(cargo().args(["fmt", "--all", "--check"])).context("run `cargo fmt --all`")
}

/// Another task of this program, in its own process, because the generator panics on input that it
/// does not support.
fn own(arguments: &[&str]) -> Result<Outcome> {
    pass(command(this_program()?).args(arguments))
}

/// Runs on everything with all features, and without them on the libraries that have optional
/// features, because code can break in either case.
fn clippy(metadata: &Metadata) -> Result<Outcome> {
    let clippy = |arguments: &[&str], features: &[String]| {
        let mut command = cargo();
        command.args(["clippy", "--keep-going"]).args(arguments).args(features);
        pass(command.args(["--", "-D", "warnings"]))
    };
    clippy(&["--workspace", "--all-targets"], &metadata.feature_arguments())?;
    clippy(&["--package", "docspace-api", "--package", "docspace", "--lib"], &[])
}

fn doctests(metadata: &Metadata) -> Result<Outcome> {
    let mut command = cargo();
    command.args(["test", "--doc", "--workspace"]).args(metadata.feature_arguments());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut passed = 0;
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        println!("{line}");
        passed += doctests_passed(&line);
    }
    ensure!(child.wait()?.success(), "see above");
    Ok(Outcome::Tests(passed))
}

/// The count in a line such as `test result: ok. 3 passed; 0 failed; …`.
fn doctests_passed(line: &str) -> usize {
    let count = line.strip_prefix("test result: ok. ").and_then(|rest| rest.split_once(" passed"));
    count.and_then(|(count, _)| count.parse().ok()).unwrap_or(0)
}

fn docs(metadata: &Metadata) -> Result<Outcome> {
    let mut command = cargo();
    command.args(["doc", "--no-deps", "--workspace", "--keep-going"]).args(metadata.feature_arguments());
    pass(command.env("RUSTDOCFLAGS", "-D warnings"))
}

/// The step needs the pinned toolchain. Another one may be good enough for all other steps, so the
/// step is skipped then, except in CI.
fn public_api(metadata: &Metadata) -> Result<Outcome> {
    match crate::public_api::run(metadata, false) {
        Ok(()) => Ok(Outcome::Passed),
        Err(error) if error.is::<Foreign>() && std::env::var_os("CI").is_none() => {
            Ok(Outcome::Skipped(error.to_string()))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doctests_are_counted() {
        assert_eq!(doctests_passed("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured"), 12);
        assert_eq!(doctests_passed("running 12 tests"), 0);
    }
}
