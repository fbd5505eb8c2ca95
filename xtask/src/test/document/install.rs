//! Programs from other registries, installed in the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use crate::test::attempt::{failure, reason};
use crate::workspace::{Metadata, root};

/// The folder of the programs, or the reason why they are missing.
pub(super) type Installed = std::result::Result<PathBuf, String>;

/// Installing takes less than a minute. A registry that is slower than this counts as missing.
const PATIENCE: Duration = Duration::from_secs(180);

/// The programs of one language.
pub(super) struct Installation {
    /// The folder below `tests/clients`, and below `clients` in the target folder.
    name: &'static str,
    install: fn(&Path, &Path) -> Result<std::result::Result<(), String>>,
    thread: Mutex<Option<JoinHandle<Result<Installed>>>>,
}

impl Installation {
    /// `install` gets the folder with the list of programs, and the one to install them in.
    pub(super) const fn new(
        name: &'static str,
        install: fn(&Path, &Path) -> Result<std::result::Result<(), String>>,
    ) -> Self {
        Self { name, install, thread: Mutex::new(None) }
    }

    /// Begins to install the programs.
    pub(super) fn begin(&self, metadata: &Metadata) {
        let (source, folder) = (source(self.name), metadata.target_directory().join("clients").join(self.name));
        let install = self.install;
        let thread = std::thread::spawn(move || {
            std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
            Ok(install(&source, &folder)?.map(|()| folder))
        });
        *self.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
    }

    /// Waits until the programs are installed.
    pub(super) fn wait(&self, metadata: &Metadata) -> Result<Installed> {
        let taken = || self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let thread = taken().or_else(|| {
            self.begin(metadata);
            taken()
        });
        thread.context("nothing is installed")?.join().map_err(|_| anyhow!("the installation panicked"))?
    }
}

/// The folder with the tests of a language.
pub(super) fn source(name: &str) -> PathBuf {
    root().join("tests/clients").join(name)
}

/// Installs what `list` names, unless it is installed already. A failure is a reason to skip the
/// tests: nearly always, the registry cannot be reached.
pub(super) fn once(list: &Path, folder: &Path, commands: &mut [Command]) -> Result<std::result::Result<(), String>> {
    let wanted = std::fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))?;
    let done = folder.join("installed.txt");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(Ok(()));
    }
    for command in commands {
        let name = command.get_program().display().to_string();
        match failure(command, PATIENCE) {
            Ok(None) => {}
            Ok(Some(output)) => return Ok(Err(format!("{name} cannot install them: {}", cause(&output)))),
            Err(error) => return Ok(Err(format!("{error:#}"))),
        }
    }
    std::fs::write(&done, wanted).with_context(|| format!("cannot write {}", done.display()))?;
    Ok(Ok(()))
}

/// The line that names the cause. The last line of npm names a file instead.
fn cause(output: &str) -> &str {
    output.lines().find(|line| line.starts_with("npm error code ")).unwrap_or_else(|| reason(output))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_names_the_cause_before_its_last_line() {
        let npm = "npm error code ENOTFOUND\nnpm error network\nnpm error A complete log of this run is in a file\n";
        assert_eq!(cause(npm), "npm error code ENOTFOUND");
        assert_eq!(
            cause("WARNING: x\nERROR: No matching distribution found\n"),
            "ERROR: No matching distribution found"
        );
    }

    #[test]
    fn installed_programs_are_not_installed_again() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list.txt");
        let git = || [Command::new("git")];
        let install = |command: &str| {
            let mut version = git();
            version[0].arg(command);
            once(&list, folder.path(), &mut version).unwrap()
        };
        std::fs::write(&list, "a 1").unwrap();
        assert!(install("--no-such-option").unwrap_err().starts_with("git cannot install them: "));
        assert_eq!(install("--version"), Ok(()));
        assert_eq!(install("--no-such-option"), Ok(()));
        std::fs::write(&list, "a 2").unwrap();
        assert!(install("--no-such-option").is_err());
    }

    #[test]
    fn missing_installers_are_reasons() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list.txt");
        std::fs::write(&list, "a 1").unwrap();
        let missing = once(&list, folder.path(), &mut [Command::new("no-such-program")]).unwrap();
        assert!(missing.unwrap_err().starts_with("cannot start no-such-program"));
    }
}
