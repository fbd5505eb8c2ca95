//! The linters Redocly and Spectral, a client in TypeScript, and a receiver with Express.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use semver::Version;

use super::install::{once, source};
use super::mock::Mock;
use crate::full::FULL;
use crate::test::step::pass;
use crate::workspace::{command, root};

/// The oldest version that all programs run with.
const NODE: Version = Version::new(20, 19, 0);

/// The files that name the programs.
const LISTS: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

/// Installs the programs with npm.
pub(super) fn install(source: &Path, folder: &Path) -> Result<std::result::Result<(), String>> {
    match node_version() {
        Some(found) if found >= NODE => {}
        Some(found) => return Ok(Err(format!("Node.js {found} is older than {NODE}"))),
        None => return Ok(Err("Node.js is not installed".to_owned())),
    }
    copy(source, folder, &LISTS)?;
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel", "error"]);
    npm.args(["--fetch-retries", "1", "--fetch-retry-mintimeout", "1000"]).current_dir(folder);
    once(&source.join("package-lock.json"), folder, &mut [npm])
}

/// Runs the linters, then generates the types, compiles the tests and runs them and those of the
/// receiver.
pub(super) fn test(folder: &Path, mock: &Mock) -> Result<()> {
    let program = |path: &str| {
        let mut node = command("node");
        node.arg(folder.join("node_modules").join(path));
        // Neither figures nor questions about newer versions are sent.
        node.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        node
    };
    let mut redocly = program("@redocly/cli/bin/cli.js");
    pass(redocly.args(["lint", "--config", "openapi/redocly.yaml", FULL])).context("Redocly")?;
    let mut spectral = program("@stoplight/spectral-cli/dist/index.js");
    let rules = ["--ruleset", "openapi/.spectral.yaml", "--fail-severity", "warn"];
    pass(spectral.arg("lint").args(rules).arg(FULL)).context("Spectral")?;

    copy(&source("typescript"), folder, &["tsconfig.json", "client.test.ts", "receiver.test.mjs"])?;
    // Node.js looks for Express beside the receiver.
    copy(&root().join("examples/receivers/express"), folder, &["receiver.mjs"])?;
    let mut types = program("openapi-typescript/bin/cli.js");
    pass(types.arg(FULL).arg("--output").arg(folder.join("docspace.d.ts"))).context("openapi-typescript")?;
    pass(program("typescript/bin/tsc").arg("--project").arg(folder)).context("tsc")?;
    let mut tests = command("node");
    tests.arg("--test").args(["out/client.test.js", "receiver.test.mjs"].map(|file| folder.join(file)));
    pass(mock.given_to(&mut tests)).context("tests/clients/typescript")?;
    Ok(())
}

fn node_version() -> Option<Version> {
    let output = Command::new("node").arg("--version").output().ok()?;
    Version::parse(String::from_utf8(output.stdout).ok()?.trim().strip_prefix('v')?).ok()
}

fn copy(source: &Path, folder: &Path, files: &[&str]) -> Result<()> {
    for file in files {
        std::fs::copy(source.join(file), folder.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn programs_are_pinned_as_in_the_lock_file() {
        let read = |file: &str| -> Value {
            serde_json::from_str(&std::fs::read_to_string(source("typescript").join(file)).unwrap()).unwrap()
        };
        let (wanted, locked) = (read("package.json"), read("package-lock.json"));
        assert_eq!(wanted["devDependencies"], locked["packages"][""]["devDependencies"]);
        for (name, version) in wanted["devDependencies"].as_object().unwrap() {
            assert_eq!(&locked["packages"][format!("node_modules/{name}")]["version"], version, "{name}");
        }
    }

    #[test]
    fn the_lock_file_names_no_registry() {
        let text = std::fs::read_to_string(source("typescript").join("package-lock.json")).unwrap();
        assert!(!text.contains("\"resolved\""));
    }
}
