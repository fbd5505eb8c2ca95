//! Where the login is kept: in a file that nobody else on the computer can read.
//!
//! A keyring would need a running desktop session, which servers and CI do not have.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use docspace::Timestamp;
use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use super::{Credential, Login};
use crate::failure::Failure;

/// The file, as it is written.
#[derive(Serialize, Deserialize)]
struct Stored {
    url: String,
    credential: Credential,
    /// Whether the user allowed plain HTTP for this login.
    #[serde(default, skip_serializing_if = "is_false")]
    allow_http: bool,
    saved: Option<Timestamp>,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The stored login, if there is one.
pub(crate) fn read() -> Result<Option<Login>, Failure> {
    let path = path()?;
    let unreadable =
        |error: io::Error| Failure::local(format!("the login in {} cannot be read: {error}", path.display()));
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(unreadable)?;
    // The error would quote the file, and the file holds the secret.
    let stored: Stored = serde_json::from_str(&text).map_err(|_| {
        Failure::no_credentials(format!("the login in {} is damaged", path.display()))
            .advise("run `docspace auth login` again")
    })?;
    // Checks the open file rather than its path, so that the file cannot be swapped between the check and the read.
    check_access(&file.metadata().map_err(unreadable)?, &path)?;
    Ok(Some(Login {
        url: stored.url,
        credential: stored.credential,
        allow_http: stored.allow_http,
        from_environment: false,
    }))
}

/// Rejects a login that others may have read or written, as ssh rejects such a key. A reader may
/// already use the credential, and a writer may have put in another portal. A warning would go
/// unnoticed in a script.
#[cfg(unix)]
fn check_access(file: &fs::Metadata, path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::MetadataExt;

    let me = rustix::process::geteuid().as_raw();
    match exposure(file.mode(), file.uid(), me) {
        None => Ok(()),
        Some(reason) => Err(Failure::no_credentials(format!("the login in {} {reason}", path.display()))
            .advise("run `docspace auth login` again; if others could read it, end the credential on the portal too")),
    }
}

/// On other systems, the user's profile folder protects the file.
#[cfg(not(unix))]
fn check_access(_: &fs::Metadata, _: &Path) -> Result<(), Failure> {
    Ok(())
}

/// Why a file with this mode and owner is not private to one person. The superuser can write to any
/// file anyway.
#[cfg(unix)]
fn exposure(mode: u32, owner: u32, me: u32) -> Option<&'static str> {
    if owner != me && owner != 0 {
        Some("belongs to another user")
    } else if mode & 0o022 != 0 {
        Some("can be written by others")
    } else if mode & 0o044 != 0 {
        Some("can be read by others")
    } else {
        None
    }
}

/// Keeps a login in place of the one before, and answers where.
pub(crate) fn write(url: &str, credential: &Credential, allow_http: bool) -> Result<PathBuf, Failure> {
    let path = path()?;
    let now = Timestamp::from(chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()));
    let stored = Stored { url: url.to_owned(), credential: credential.clone(), allow_http, saved: Some(now) };
    let save = || -> io::Result<()> {
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(folder)?;
        // A file of this kind is made readable by its owner alone, and moved into place when it is whole.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, &stored)?;
        file.write_all(b"\n")?;
        file.persist(&path)?;
        Ok(())
    };
    save().map_err(|error| Failure::local(format!("the login cannot be kept in {}: {error}", path.display())))?;
    Ok(path)
}

/// The result of removing the stored login.
pub(crate) enum Forgotten {
    /// The login was removed.
    Login(Login),
    /// A login was removed that could not be used.
    Unusable,
    /// There was no stored login.
    Nothing,
}

/// Removes the stored login.
pub(crate) fn forget() -> Result<Forgotten, Failure> {
    // A damaged one has to go too.
    let login = read().ok().flatten();
    let path = path()?;
    match fs::remove_file(&path) {
        Ok(()) => Ok(login.map_or(Forgotten::Unusable, Forgotten::Login)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Forgotten::Nothing),
        Err(error) => Err(Failure::local(format!("the login in {} cannot be removed: {error}", path.display()))),
    }
}

/// The file.
fn path() -> Result<PathBuf, Failure> {
    let folder = match std::env::var_os("DOCSPACE_CONFIG_DIR").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => etcetera::choose_base_strategy()
            .map_err(|_| {
                Failure::local("there is no home directory to keep a login in").advise("set DOCSPACE_CONFIG_DIR")
            })?
            .config_dir()
            .join("docspace"),
    };
    Ok(folder.join("login.json"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_accepted_only_if_private() {
        for (mode, owner, trusted) in [
            (0o100_600, 7, true),
            (0o100_400, 7, true),
            (0o100_700, 7, true),
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
