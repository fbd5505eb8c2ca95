//! The `docspace` command, for administrators of ONLYOFFICE DocSpace who work in a shell or in CI.
//!
//! `docspace tour` demonstrates it, and `docspace help` describes how to use it. The `docspace`
//! library makes all the calls to the portal.

mod app;
mod args;
mod audit;
mod book;
mod bulk;
mod cli;
mod command;
mod commands;
mod completion;
mod confirmation;
mod csv;
mod debug;
mod failure;
mod help;
mod hints;
mod input;
mod interrupt;
mod login;
mod lookup;
mod names;
mod output;
mod prompt;
mod records;
mod report;
mod scopes;
mod session;
mod spinner;
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
    if completion::answer(cli::command) {
        return ExitCode::SUCCESS;
    }
    let json = cli::wants_json(std::env::args_os().skip(1));
    let cli = match cli::parse(json) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    if cli.debug() {
        debug::print_requests();
    }
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            return Failure::local(format!("the program cannot start: {error}"))
                .advise("check the limits on open files and processes of your account")
                .exit(json);
        }
    };
    let app = App { terminal: Terminal::detect(json), allow_http: cli.allow_http(), portal: cli.portal() };
    let outcome = runtime.block_on(cli.execute(&app));
    // A pending read of standard input cannot be canceled, so the program does not wait for it.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.exit(json),
    }
}
