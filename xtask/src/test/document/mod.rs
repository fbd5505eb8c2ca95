//! `openapi/docspace.full.json` in the hands of others: linters of OpenAPI, and clients that
//! generators for other languages make of it, which call the mock portal. Receivers of webhooks in
//! these languages, which the mock portal calls, run with the same programs.
//!
//! The programs come from the npm registry and from PyPI. Where one of them or its registry is
//! missing, its part is skipped.

mod install;
mod mock;
mod python;
mod typescript;

use std::path::Path;

use anyhow::Result;

use super::step::Outcome;
use crate::workspace::Metadata;
use install::Installation;
use mock::Mock;

pub(super) const STEP: &str = "document";

/// One language, with the programs that it needs.
struct Language {
    name: &'static str,
    installation: Installation,
    /// Generates a client, and tests it and a receiver. The folder holds the programs.
    test: fn(&Path, &Mock) -> Result<()>,
}

static LANGUAGES: [Language; 2] = [
    Language {
        name: "TypeScript, Express and the linters",
        installation: Installation::new("typescript", typescript::install),
        test: typescript::test,
    },
    Language {
        name: "Python and Flask",
        installation: Installation::new("python", python::install),
        test: python::test,
    },
];

/// Begins to install the programs while other steps run and wait for each other.
pub(super) fn prepare(metadata: &Metadata) {
    for language in &LANGUAGES {
        language.installation.begin(metadata);
    }
}

/// Runs the linters and the tests of each language.
pub(super) fn run(metadata: &Metadata) -> Result<Outcome> {
    let (mut tested, mut skipped) = (Vec::new(), Vec::new());
    let mut mock = None;
    for Language { name, installation, test } in &LANGUAGES {
        match installation.wait(metadata)? {
            Ok(folder) => {
                let mock = match &mock {
                    Some(mock) => mock,
                    None => mock.insert(Mock::start(metadata)?),
                };
                test(&folder, mock)?;
                tested.push(*name);
            }
            Err(missing) => skipped.push(format!("{name} skipped: {missing}")),
        }
    }
    Ok(match (tested.is_empty(), skipped.is_empty()) {
        (_, true) => Outcome::Passed,
        (true, _) => Outcome::Skipped(skipped.join("; ")),
        _ => Outcome::Remark(skipped.join("; ")),
    })
}
