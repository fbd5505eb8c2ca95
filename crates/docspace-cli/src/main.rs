//! The `docspace` command, for administrators of ONLYOFFICE DocSpace who work from a shell or from CI.
//!
//! `docspace tour` shows what it does, `docspace help` how. All of the work is done by the `docspace` library.

mod app;
mod args;
mod bulk;
mod cli;
mod command;
mod commands;
mod failure;
mod hints;
mod interrupt;
mod login;
mod output;
mod prompt;
mod records;
mod session;
mod terminal;
mod text;
mod waiting;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use crate::app::App;
use crate::cli::Cli;
use crate::failure::{Failure, usage_text};
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let json = wants_json();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and the version are no mistakes, although clap hands them out as errors.
        Err(error) if json && error.use_stderr() => return Failure::usage_of(&error).exit(json),
        Err(error) if error.use_stderr() && arguments_control_terminal() => {
            let _ = io::Write::write_all(&mut io::stderr().lock(), usage_text(&error).as_bytes());
            return ExitCode::from(2);
        }
        Err(error) => error.exit(),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Failure::local(format!("cannot start: {error}")).exit(json),
    };
    let app = App { terminal: Terminal::detect(json), allow_http: cli.allow_http() };
    let outcome = runtime.block_on(cli.execute(&app));
    // A read of standard input cannot be cancelled, so nothing is waited for.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.exit(json),
    }
}

/// Whether an argument contains characters that control a terminal. Clap prints errors with colors
/// and would print those characters too.
fn arguments_control_terminal() -> bool {
    std::env::args_os().any(|argument| argument.to_string_lossy().contains(docspace::api::is_unprintable))
}

/// Whether JSON is asked for, which also says how mistakes in the arguments are told. A `--json` without fields asks
/// which there are, and a person asks that.
fn wants_json() -> bool {
    let arguments = std::env::args_os().skip(1).take_while(|argument| argument != "--");
    let arguments: Vec<_> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    let flag = |argument: &String| argument.starts_with("--json=");
    arguments.iter().any(flag) || arguments.windows(2).any(|two| two[0] == "--json" && !two[1].starts_with('-'))
}
