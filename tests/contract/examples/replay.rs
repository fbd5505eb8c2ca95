//! Plays recordings on the mock portal and counts the answers that are as recorded, also for the
//! recordings in `not-modeled.txt`.
//!
//! ```sh
//! cargo run -p contract --example replay -- tests/recordings [PREFIX] [-v]
//! ```
//!
//! The first argument is a folder of recordings. With `-v` it prints the first differences of each
//! recording, with `-vv` all of them.

use std::path::Path;
use std::process::ExitCode;

use contract::recording;
use contract::replay::{self, exceptions};

/// How many steps with a difference `-v` prints for each recording.
const FIRST: usize = 8;

fn main() -> ExitCode {
    let (flags, names): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|one| one.starts_with('-'));
    let shown = match flags.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => 0,
        ["-v"] => FIRST,
        ["-vv"] => usize::MAX,
        _ => return usage(),
    };
    let (folder, prefix) = match &names[..] {
        [folder] => (folder, ""),
        [folder, prefix] => (folder, prefix.as_str()),
        _ => return usage(),
    };
    let (excepted, _) = exceptions::all();
    let not_modeled = recording::not_modeled();
    let (mut all, mut equal) = (0, 0);
    for recording in recording::all_in(Path::new(folder)) {
        if recording.steps.is_empty() || !recording.scenario.starts_with(prefix) {
            continue;
        }
        let outcome = replay::play(&recording);
        let is_excepted = |step| excepted.iter().any(|one| one.scenario == outcome.scenario && one.step == step);
        let differing = outcome.differences.iter().filter(|difference| !is_excepted(difference.step));
        let note = if not_modeled.contains(&outcome.scenario) { "  not modeled" } else { "" };
        println!("{:<36} {:>5} of {:>5} equal{note}", outcome.scenario, outcome.equal, outcome.played);
        for difference in differing.take(shown) {
            print!("{difference}");
        }
        all += outcome.played;
        equal += outcome.equal;
    }
    println!("{:<36} {equal:>5} of {all:>5} equal", "in total");
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: replay FOLDER [PREFIX] [-v | -vv]");
    ExitCode::FAILURE
}
