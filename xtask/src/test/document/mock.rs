//! The mock portal that the clients call.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::test::step::pass;
use crate::workspace::{Metadata, cargo, command};

/// A running mock portal, which ends when it is dropped.
pub(super) struct Mock {
    program: Child,
    url: String,
    /// The key of an administrator.
    key: String,
}

impl Mock {
    pub(super) fn start(metadata: &Metadata) -> Result<Self> {
        // With the features of the other steps, cargo has built it already.
        pass(
            cargo()
                .args(["build", "--quiet", "--workspace", "--bin", "docspace-mock"])
                .args(metadata.feature_arguments()),
        )?;
        let file = format!("debug/docspace-mock{}", std::env::consts::EXE_SUFFIX);
        let mut program = command(metadata.target_directory().join(file));
        program.args(["--port", "0", "--json"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut mock = Self {
            program: program.spawn().context("cannot start docspace-mock")?,
            url: String::new(),
            key: String::new(),
        };
        let mut line = String::new();
        BufReader::new(mock.program.stdout.take().context("no output")?).read_line(&mut line)?;
        let started: Value = serde_json::from_str(&line).context("docspace-mock did not print JSON")?;
        let people = started["people"].as_array().context("docspace-mock names no people")?;
        let admin = people.iter().find(|person| person["name"] == "admin").context("docspace-mock has no admin")?;
        let text = |value: &Value| value.as_str().map(str::to_owned).context("docspace-mock printed no text");
        (mock.url, mock.key) = (text(&started["url"])?, text(&admin["key"])?);
        Ok(mock)
    }

    /// Tells the tests where the mock is.
    pub(super) fn given_to<'c>(&self, tests: &'c mut Command) -> &'c mut Command {
        tests.env("DOCSPACE_URL", &self.url).env("DOCSPACE_KEY", &self.key)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
