//! The file that a report is written to.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// A file that gets its content only when all of it is there. Until then, an existing file stays as
/// it is.
pub(crate) struct OutputFile {
    path: PathBuf,
    target: Target,
}

enum Target {
    /// A new file in the same directory, which is then renamed.
    Renamed(NamedTempFile),
    /// A device or a pipe.
    Opened(fs::File),
}

impl OutputFile {
    /// Prepares the file. Fails if it cannot be written, so that nothing is read in vain. A file
    /// that exists keeps its permissions.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        Self::prepare(path, true)
    }

    /// Prepares a file for secrets. Even if it exists, only the person who runs the program can
    /// read the new content.
    pub(crate) fn create_secret(path: &Path) -> Result<Self, Failure> {
        Self::prepare(path, false)
    }

    fn prepare(path: &Path, keeps_permissions: bool) -> Result<Self, Failure> {
        let target = prepared(path, keeps_permissions).map_err(|error| failure(path, &error))?;
        Ok(Self { path: path.to_owned(), target })
    }

    /// Writes the content. A new file can be read only by the person who runs the program.
    pub(crate) fn write(self, content: &[u8]) -> Result<(), Failure> {
        let written = match self.target {
            Target::Opened(mut file) => file.write_all(content),
            Target::Renamed(mut file) => {
                let renamed = file.write_all(content).and_then(|()| file.persist(&self.path).map_err(io::Error::from));
                renamed.map(drop)
            }
        };
        written.map_err(|error| failure(&self.path, &error))
    }
}

fn prepared(path: &Path, keeps_permissions: bool) -> io::Result<Target> {
    let existing = match fs::metadata(path) {
        Ok(existing) if existing.is_dir() => return Err(io::Error::other("it is a directory")),
        Ok(existing) if !existing.is_file() => {
            return Ok(Target::Opened(fs::OpenOptions::new().write(true).open(path)?));
        }
        Ok(existing) => Some(existing),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let file = NamedTempFile::new_in(parent.unwrap_or(Path::new(".")))?;
    // A temporary file can be read only by its owner.
    if let Some(existing) = existing.filter(|_| keeps_permissions) {
        file.as_file().set_permissions(existing.permissions())?;
    }
    Ok(Target::Renamed(file))
}

fn failure(path: &Path, error: &io::Error) -> Failure {
    Failure::local(format!("cannot write the file {}: {error}", path.display()))
        .advise("name a file in a directory that exists and that you can write to")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_replaced_only_when_the_content_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.csv");
        fs::write(&path, "old").expect("a file");
        drop(OutputFile::create(&path).expect("a file"));
        assert_eq!(fs::read_to_string(&path).expect("a file"), "old");
        OutputFile::create(&path).expect("a file").write(b"new").expect("a file");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1);
        for bad in [folder.path().to_owned(), folder.path().join("no/report.csv")] {
            let message = OutputFile::create(&bad).map(drop).expect_err("not a file").message().to_owned();
            assert!(message.starts_with("cannot write the file "), "{message}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_files_for_secrets_lose_the_permissions_of_others() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.json");
        let mode = || fs::metadata(&path).expect("a file").permissions().mode() & 0o777;
        fs::write(&path, "old").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("permissions");
        OutputFile::create(&path).expect("a file").write(b"report").expect("a file");
        assert_eq!(mode(), 0o644);
        OutputFile::create_secret(&path).expect("a file").write(b"secret").expect("a file");
        assert_eq!(mode(), 0o600);
    }
}
