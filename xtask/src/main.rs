//! The workspace's own tasks, for whoever changes it: `cargo xtask test` is all that CI runs.
//!
//! One module per command. Run `cargo xtask help` for what there is.

mod adopt;
mod blocking;
mod check;
mod deviations;
mod docs;
mod documents;
mod drift;
mod generate;
mod import;
mod imports;
mod public_api;
mod recordings;
mod scope;
mod test;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::SPEC;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The workspace's own tasks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the code that is made from openapi/docspace.yaml, and docspace::blocking.
    Generate {
        /// Write nothing; fail if what is checked in is not what its source gives.
        #[arg(long)]
        check: bool,
    },
    /// Hold openapi/docspace.yaml to our rules for specs, and its differences from the published document to
    /// openapi/deviations.yaml. Check what the documentation cites and links to.
    Check {
        /// Another spec to hold to our rules.
        file: Option<PathBuf>,
        /// Check nothing; print entries for openapi/deviations.yaml where it has none.
        #[arg(long, conflicts_with = "file")]
        propose: bool,
    },
    /// Reduce a published OpenAPI document to what we cover, as openapi/upstream.json.
    Import {
        /// The document, OpenAPI 3.0 or 3.1 in YAML or JSON.
        file: PathBuf,
        /// Where to write instead.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Say what another published document changes for us. Exits with 0 for nothing, 4 for additions, 5 for more.
    Drift {
        /// The document, newer or older than openapi/upstream.json.
        file: PathBuf,
        /// Another document to start from; then nothing is said about our deviations.
        #[arg(long)]
        against: Option<PathBuf>,
        /// Print JSON instead of Markdown.
        #[arg(long)]
        json: bool,
    },
    /// Show the drift of a published document, and take it over into openapi/upstream.json.
    Adopt {
        /// The document.
        file: PathBuf,
    },
    /// Show what of the libraries' public API differs from their public-api.txt. Exits with 1 if anything does.
    Api {
        /// Make it what is there.
        #[arg(long)]
        write: bool,
    },
    /// Print the import cycles among the files of each crate. Exits with 1 if there are any.
    Imports {
        /// The folder of another workspace.
        folder: Option<PathBuf>,
    },
    /// Run every test and lint of the workspace.
    Test {
        /// Run the remaining steps after one has failed.
        #[arg(long)]
        keep_going: bool,
        /// Run this step alone; several may be named.
        #[arg(long, value_name = "STEP")]
        only: Vec<String>,
    },
}

fn main() -> ExitCode {
    if let Some(code) = public_api::run_as_rustdoc() {
        return code;
    }
    let root = workspace::root();
    let result = match Cli::parse().task {
        Task::Generate { check } => generate::run(check).map(|()| 0),
        Task::Check { propose: true, .. } => deviations::propose(&root).map(|()| 0),
        Task::Check { file: None, .. } => check::run(&root.join(SPEC), SPEC)
            .and_then(|()| deviations::run(&root))
            .and_then(|()| docs::run(&root))
            .map(|()| 0),
        Task::Check { file: Some(file), .. } => check::run(&file, &file.display().to_string()).map(|()| 0),
        Task::Import { file, out } => import::run(&root, &file, out.as_deref()).map(|()| 0),
        Task::Drift { file, against, json } => drift::run(&root, &file, against.as_deref(), json),
        Task::Adopt { file } => adopt::run(&root, &file).map(|()| 0),
        Task::Api { write } => workspace::Metadata::read().and_then(|all| public_api::run(&all, write)).map(|()| 0),
        Task::Imports { folder } => imports::run(folder.as_deref().unwrap_or(&root)).map(|()| 0),
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
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
