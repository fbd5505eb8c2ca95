//! Completion of command lines: a shell calls the program with a variable set, and the program
//! prints the candidates.
//!
//! The engine of clap finds the argument at the cursor. This module completes the values of
//! arguments from the portal. It is quiet if that fails, because there is no place for messages.

mod bash;
mod cache;
mod fields;
mod portal;
mod powershell;
mod words;

use std::io;

use clap::{Arg, Command};
use clap_complete::CompleteEnv;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::{Elvish, EnvCompleter, Fish, Shells, Zsh};

use self::bash::Bash;
pub(crate) use self::fields::fields_of;
use self::portal::Source;
use self::powershell::PowerShell;

/// The variable that asks for candidates, and names the shell.
const VARIABLE: &str = "_DOCSPACE_COMPLETE";

/// The name by which shells call the program.
const PROGRAM: &str = "docspace";

const SHELLS: Shells<'static> = Shells(&[&Bash, &Zsh, &Fish, &PowerShell, &Elvish]);

/// Prints candidates if a shell asks for them. Returns whether it does.
pub(crate) fn answer(program: fn() -> Command) -> bool {
    if std::env::var_os(VARIABLE).is_none() {
        return false;
    }
    let completion = CompleteEnv::with_factory(|| with_completers(program(), false)).var(VARIABLE).shells(SHELLS);
    // Without candidates the shell completes nothing. A message would garble the command line.
    completion.try_complete(std::env::args_os(), std::env::current_dir().ok().as_deref()).unwrap_or(true)
}

/// Returns the script that registers the completion in a shell with this name.
pub(crate) fn registration(shell: &str) -> io::Result<String> {
    let shell: &dyn EnvCompleter =
        SHELLS.completer(shell).ok_or_else(|| io::Error::other(format!("there is no completion for {shell}")))?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    String::from_utf8(script).map_err(io::Error::other)
}

/// Adds completers to all arguments whose name says that they take something of the portal.
fn with_completers(command: Command, is_new: bool) -> Command {
    command.mut_args(|arg| with_completer(arg, is_new)).mut_subcommands(|command| {
        let is_new = command.get_name() == "create";
        with_completers(command, is_new)
    })
}

/// Adds a completer to an argument. A positional argument of a command that creates something is a
/// new name.
fn with_completer(arg: Arg, is_new: bool) -> Arg {
    let source = match arg.get_value_names().and_then(|names| names.first()).map(|name| name.as_str()) {
        Some("ROOM") => Source::Rooms,
        Some("TEMPLATE") => Source::Templates,
        Some("TAG") if !(is_new && arg.is_positional()) => Source::Tags,
        Some("LINK") => Source::Links,
        _ => return arg,
    };
    arg.add(ArgValueCompleter::new(move |word: &std::ffi::OsStr| portal::candidates(source, word)))
}
