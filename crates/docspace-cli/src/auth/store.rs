//! Where the login is kept: in a file that nobody else on the computer can read.
//!
//! A keyring would need a running desktop session, which servers and CI do not have.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

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
    /// That the person wanted it used over plain HTTP.
    #[serde(default, skip_serializing_if = "is_false")]
    allow_http: bool,
    saved: Option<Timestamp>,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The stored login, if there is one.
pub(super) fn read() -> Result<Option<Login>, Failure> {
    let path = path()?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::local(format!("the login in {} cannot be read: {error}", path.display()))),
    };
    // The error would quote the file, and the file holds the secret.
    let stored: Stored = serde_json::from_str(&text).map_err(|_| {
        Failure::no_credentials(format!("the login in {} is damaged", path.display()))
            .advise("run `docspace auth login` again")
    })?;
    Ok(Some(Login {
        url: stored.url,
        credential: stored.credential,
        allow_http: stored.allow_http,
        from_environment: false,
    }))
}

/// Keeps a login in place of the one before, and answers where.
pub(super) fn write(url: &str, credential: &Credential, allow_http: bool) -> Result<PathBuf, Failure> {
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

/// Removes the stored login, and answers which it was.
pub(super) fn forget() -> Result<Option<Login>, Failure> {
    // A damaged one has to go too.
    let login = read().ok().flatten();
    let path = path()?;
    match fs::remove_file(&path) {
        Ok(()) => Ok(login),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
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
