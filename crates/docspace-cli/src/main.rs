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
#[cfg(test)]
mod testing;
mod text;
mod waiting;

use std::process::ExitCode;

use crate::app::App;
use crate::failure::Failure;
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let json = cli::wants_json(std::env::args_os().skip(1));
    let cli = match cli::parse(json) {
        Ok(cli) => cli,
        Err(code) => return code,
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
