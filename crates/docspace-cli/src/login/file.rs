//! The file with the stored logins, which only its owner can read.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Serialize;

use crate::failure::Failure;

/// Reads the file, if it exists.
pub(super) fn read() -> Result<Option<Vec<u8>>, Failure> {
    let path = path()?;
    let unreadable = |error: io::Error| {
        Failure::local(format!("cannot read the stored login in {}: {error}", path.display()))
            .advise("check the permissions of the file, or run `docspace auth login` again")
    };
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // Checks the open file, not its path, so that the file cannot be replaced between the check and
    // the read.
    check_access(&file.metadata().map_err(unreadable)?, &path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(Some(bytes))
}

/// Rejects a login that other users can read or write, as ssh does with private keys. A reader can
/// use the credential, and a writer can redirect it to another portal. This is an error because a
/// warning would go unnoticed in a script.
#[cfg(unix)]
fn check_access(file: &fs::Metadata, path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::MetadataExt;

    let me = rustix::process::geteuid().as_raw();
    let Some(reason) = exposure(file.mode(), file.uid(), me) else { return Ok(()) };
    let failure = Failure::no_credentials(format!("the stored login in {} {reason}", path.display()));
    Err(failure.advise(if file.uid() == me {
        format!(
            "run `chmod 600 {}`; if others could read it, also revoke the key or session",
            shell_words::quote(&path.to_string_lossy())
        )
    } else {
        "run `docspace auth login` again, and revoke the key or session".to_owned()
    }))
}

/// On other systems, the permissions of the user's profile directory protect the file.
#[cfg(not(unix))]
fn check_access(_: &fs::Metadata, _: &Path) -> Result<(), Failure> {
    Ok(())
}

/// Returns the reason why a file with this mode and owner is not private. Files of the superuser,
/// who can write to every file, are accepted.
#[cfg(unix)]
fn exposure(mode: u32, owner: u32, me: u32) -> Option<&'static str> {
    if owner != me && owner != 0 {
        Some("belongs to another user")
    } else if mode & 0o022 != 0 {
        Some("can be written by other users")
    } else if mode & 0o044 != 0 {
        Some("can be read by other users")
    } else if mode & 0o077 != 0 {
        Some("has permissions for other users")
    } else {
        None
    }
}

/// Replaces the content of the file, and returns its path.
pub(super) fn write(content: &impl Serialize) -> Result<PathBuf, Failure> {
    let path = path()?;
    let save = || -> io::Result<()> {
        let directory = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(directory)?;
        // Only the owner can read a `NamedTempFile`. It replaces the old file when it is complete.
        let mut file = tempfile::NamedTempFile::new_in(directory)?;
        serde_json::to_writer_pretty(&mut file, content)?;
        file.write_all(b"\n")?;
        file.persist(&path)?;
        Ok(())
    };
    save().map_err(|error| {
        Failure::local(format!("cannot store the login in {}: {error}", path.display()))
            .advise("set DOCSPACE_CONFIG_DIR to a directory that you can write to")
    })?;
    Ok(path)
}

/// Removes the file. Returns whether there was one.
pub(super) fn remove() -> Result<bool, Failure> {
    let path = path()?;
    match fs::remove_file(&path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::local(format!("cannot remove the stored login in {}: {error}", path.display()))
            .advise("check the permissions of its directory, or delete the file yourself")),
    }
}

/// Returns the path of the file.
pub(super) fn path() -> Result<PathBuf, Failure> {
    let directory = match std::env::var_os("DOCSPACE_CONFIG_DIR").filter(|directory| !directory.is_empty()) {
        Some(directory) => PathBuf::from(directory),
        None => etcetera::choose_base_strategy()
            .map_err(|_| {
                Failure::local("there is no home directory for the stored login")
                    .advise("set DOCSPACE_CONFIG_DIR to a directory that you can write to")
            })?
            .config_dir()
            .join("docspace"),
    };
    Ok(directory.join("login.json"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn login_file_is_accepted_only_if_private() {
        for (mode, owner, trusted) in [
            (0o100_600, 7, true),
            (0o100_400, 7, true),
            (0o100_700, 7, true),
            (0o100_701, 7, false),
            (0o100_600, 0, true),
            (0o100_600, 8, false),
            (0o100_644, 7, false),
            (0o100_640, 7, false),
            (0o100_620, 7, false),
            (0o100_602, 7, false),
            (0o100_666, 0, false),
        ] {
            assert_eq!(exposure(mode, owner, 7).is_none(), trusted, "{mode:o} of {owner}");
        }
        assert!(exposure(0o100_600, 7, 0).is_some(), "the superuser does not use another user's login");
    }
}
