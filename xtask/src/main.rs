//! The tasks of people who change this workspace. `cargo xtask test` is everything that CI runs.
//!
//! Each command is one module. `cargo xtask help` lists them.

mod adopt;
mod bench;
mod blocking;
mod check;
mod deviations;
mod docs;
mod documents;
mod drift;
mod full;
mod generate;
mod import;
mod imports;
mod public_api;
mod recordings;
mod schemas;
mod scope;
mod test;
mod words;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::workspace::SPEC;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Run the tasks of this workspace")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generate code and openapi/docspace.full.json from openapi/docspace.yaml, docspace::blocking
    /// from crates/docspace/src, and docs/schemas from the command.
    Generate {
        /// Write nothing, and fail if a generated file is out of date.
        #[arg(long)]
        check: bool,
        /// Generate only this part. The schemas need a build of the tests.
        #[arg(long, value_name = "PART")]
        only: Option<Part>,
    },
    /// Check openapi/docspace.yaml, openapi/deviations.yaml and the documentation.
    ///
    /// The spec must keep our rules. It must describe every recorded error, and the examples in
    /// openapi/docspace.full.json must be valid. Each of its differences from the published
    /// document needs an entry in openapi/deviations.yaml. Cited recordings and pages, and links
    /// between pages, must exist. No text may contain a pattern that docs/style.md excludes.
    /// docs/performance.md must show the figures of docs/performance.json.
    Check {
        /// Check only this spec, and only against our rules.
        file: Option<PathBuf>,
        /// Print the entries that openapi/deviations.yaml lacks, to be filled in, and check
        /// nothing.
        #[arg(long, conflicts_with = "file")]
        propose: bool,
    },
    /// Reduce a published OpenAPI document to our scope and write it to openapi/upstream.json.
    Import {
        /// The published document: OpenAPI 3.0 or 3.1, as YAML or JSON.
        file: PathBuf,
        /// Write to this file instead of openapi/upstream.json.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Accept a document that has less than half of our operations.
        #[arg(long)]
        force: bool,
    },
    /// Show what another published document changes for us.
    ///
    /// The exit code is 0 for no change, 4 if there are only changes that do not break callers, 5
    /// if a change breaks callers, and 1 if a document cannot be read.
    Drift {
        /// The published document, newer or older than openapi/upstream.json.
        file: PathBuf,
        /// Compare with this document instead of openapi/upstream.json, and leave out our
        /// deviations.
        #[arg(long)]
        against: Option<PathBuf>,
        /// Print JSON instead of Markdown.
        #[arg(long)]
        json: bool,
        /// Accept a document that has less than half of our operations.
        #[arg(long)]
        force: bool,
    },
    /// Show the drift of a published document and write the document to openapi/upstream.json.
    Adopt {
        /// The published document.
        file: PathBuf,
        /// Accept a document that has less than half of our operations.
        #[arg(long)]
        force: bool,
    },
    /// Compare the public API of each library with its public-api.txt.
    ///
    /// The exit code is 1 if they differ.
    Api {
        /// Write the differences to public-api.txt.
        #[arg(long)]
        write: bool,
    },
    /// Find import cycles among the files and top-level modules of each crate.
    ///
    /// The exit code is 1 if there is a cycle.
    Imports {
        /// Check the workspace in this folder instead of this one.
        folder: Option<PathBuf>,
    },
    /// Measure speed, memory and sizes, and compare them with the goals.
    ///
    /// Writes docs/performance.json and docs/performance.md. A goal that is not met is not a
    /// failure.
    Bench {
        /// Run only this benchmark, and keep the figures of the others. Several names can follow.
        #[arg(long, value_name = "NAME", num_args = 1..)]
        only: Vec<String>,
        /// Measure a tenth, and write nothing.
        #[arg(long)]
        quick: bool,
        /// Measure nothing, and write the page again from docs/performance.json.
        #[arg(long, conflicts_with_all = ["only", "quick"])]
        render: bool,
    },
    /// Run everything that CI runs.
    Test {
        /// Run the remaining steps after a step has failed.
        #[arg(long)]
        keep_going: bool,
        /// Run only this step. Repeat the flag for several steps.
        #[arg(long, value_name = "STEP")]
        only: Vec<String>,
    },
}

/// A part of what is generated.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Code,
    Schemas,
}

impl Part {
    /// Generates the part or, if it is `None`, all.
    fn generate(part: Option<Self>, check: bool) -> anyhow::Result<()> {
        if part != Some(Self::Schemas) {
            generate::run(check)?;
        }
        if part != Some(Self::Code) {
            schemas::run(check)?;
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    if let Some(code) = public_api::run_as_rustdoc() {
        return code;
    }
    let root = workspace::root();
    let result = match Cli::parse().task {
        Task::Generate { check, only } => Part::generate(only, check).map(|()| 0),
        Task::Check { propose: true, .. } => deviations::propose(&root).map(|()| 0),
        Task::Check { file: None, .. } => check::run(&root.join(SPEC), SPEC)
            .and_then(|()| full::check(&root))
            .and_then(|()| deviations::run(&root))
            .and_then(|()| docs::run(&root))
            .and_then(|()| bench::check(&root))
            .map(|()| 0),
        Task::Check { file: Some(file), .. } => check::run(&file, &file.display().to_string()).map(|()| 0),
        Task::Import { file, out, force } => import::run(&root, &file, out.as_deref(), force).map(|()| 0),
        Task::Drift { file, against, json, force } => drift::run(&root, &file, against.as_deref(), json, force),
        Task::Adopt { file, force } => adopt::run(&root, &file, force).map(|()| 0),
        Task::Api { write } => workspace::Metadata::read().and_then(|all| public_api::run(&all, write)).map(|()| 0),
        Task::Imports { folder } => imports::run(folder.as_deref().unwrap_or(&root)).map(|()| 0),
        Task::Bench { render: true, .. } => bench::render(&root).map(|()| 0),
        Task::Bench { only, quick, .. } => bench::run(&root, &only, quick).map(|()| 0),
        Task::Test { keep_going, only } => test::run(keep_going, &only).map(|()| 0),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn command_line_definition_is_valid() {
        super::Cli::command().debug_assert();
    }
}
