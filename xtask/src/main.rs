//! The workspace's own tasks, for whoever changes it: `cargo xtask test` is all that CI runs.
//!
//! One module per command. Run `cargo xtask help` for what there is.

mod check;
mod generate;
mod test;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The curated spec, from the root of the workspace.
const SPEC: &str = "openapi/docspace.yaml";

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The workspace's own tasks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the code that is made from openapi/docspace.yaml.
    Generate {
        /// Write nothing; fail if what is checked in is not what the spec gives.
        #[arg(long)]
        check: bool,
    },
    /// Hold openapi/docspace.yaml to our rules for specs.
    Check {
        /// Another file to check.
        file: Option<PathBuf>,
    },
    /// Run every test and lint of the workspace.
    Test {
        /// Run the remaining steps after one has failed.
        #[arg(long)]
        keep_going: bool,
    },
}

fn main() -> ExitCode {
    let result = match Cli::parse().task {
        Task::Generate { check } => generate::run(check),
        Task::Check { file: None } => check::run(&workspace::root().join(SPEC), SPEC),
        Task::Check { file: Some(file) } => check::run(&file, &file.display().to_string()),
        Task::Test { keep_going } => test::run(keep_going),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
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
