//! The files of a manifest.

use clap::Args;
use docspace_manifest::{Problem, Problems, Source, Wanted, parse, sources};
use shell_words::quote;

use crate::failure::Failure;
use crate::input;

/// The flag for the files of a manifest.
#[derive(Debug, Args)]
pub(crate) struct FilesArgs {
    /// Read the manifest from this file, or from the .yaml, .yml and .json files in this directory;
    /// `-` reads standard input; repeat the flag for several
    #[arg(long = "file", short = 'f', value_name = "FILE|DIR")]
    files: Vec<String>,
}

impl FilesArgs {
    /// Reads the manifest, and the passwords of links from the environment.
    pub(crate) fn load(&self) -> Result<Wanted, Failure> {
        let (mut read, mut problems) = (Vec::new(), Vec::new());
        for file in &self.files {
            if file == "-" {
                read.push(Source::new(input::name(file), input::read_text(file)?));
                continue;
            }
            match sources([file]) {
                Ok(mut sources) => read.append(&mut sources),
                Err(found) => problems.extend(found.0),
            }
        }
        // A file that cannot be read does not hide the mistakes of the others.
        let parsed = parse(&read);
        problems.extend(parsed.as_ref().err().into_iter().flat_map(|found| found.0.clone()));
        let mut wanted = match parsed {
            Ok(wanted) if problems.is_empty() => wanted,
            _ => return Err(failure(&Problems(problems))),
        };
        wanted.take_passwords(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        Ok(wanted)
    }

    /// Fails if there is no file.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.files.is_empty() {
            return Err(Failure::usage("no manifest is given").advise("name a file or a directory with --file"));
        }
        Ok(())
    }
}

/// The failure for the path of a manifest that is not the value of `--file`.
pub(super) fn misplaced(command: &str, path: &str) -> Failure {
    let failure = Failure::usage(format!("the manifest `{path}` needs the flag --file"));
    failure.advise(format!("use `docspace {command} --file {}`", quote(path)))
}

/// The failure of a manifest with problems. Those without a place are about files that cannot be
/// read, and for them the schema does not help.
fn failure(problems: &Problems) -> Failure {
    let failure = listing("cannot read the manifest", &problems.0);
    if problems.0.iter().all(|problem| problem.place.is_none()) {
        return failure;
    }
    failure.advise("correct the file; `docspace schema manifest` prints its schema")
}

/// The failure of a plan with problems. `None` without problems.
pub(super) fn plan_failure(problems: &[Problem]) -> Option<Failure> {
    let failure =
        || listing("this plan cannot be applied", problems).advise("correct the file, then run the command again");
    (!problems.is_empty()).then(failure)
}

fn listing(message: &str, problems: &[Problem]) -> Failure {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Failure::usage(format!("{message}:")).listing(lines.iter().map(String::as_str))
}
