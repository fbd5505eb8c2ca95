//! What was seen and printed so far, and the file with it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use docspace::RoomId;
use fs4::{FileExt, TryLockError};
use serde::{Deserialize, Serialize};
use url::Url;

use super::event::Event;
use super::state::RoomState;
use crate::failure::Failure;

/// The version of the form of the file.
const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    version: u32,
    portal: String,
    /// The rooms of the titles that were given. A title can change, and a room can disappear.
    titles: BTreeMap<String, RoomId>,
    rooms: BTreeMap<String, RoomState>,
    /// Events that were found and perhaps not printed.
    unprinted: Vec<Event>,
}

/// What was seen and printed so far.
pub(super) struct Cursor {
    path: Option<PathBuf>,
    stored: Stored,
    is_saved: bool,
    /// Held until the program ends, so that two programs do not replace the file of each other.
    _lock: Option<File>,
}

impl Cursor {
    /// Reads the file, if there is one.
    pub(super) fn open(path: Option<PathBuf>, portal: &Url) -> Result<Self, Failure> {
        let portal = portal.to_string();
        let new = || Stored {
            version: VERSION,
            portal: portal.clone(),
            titles: BTreeMap::new(),
            rooms: BTreeMap::new(),
            unprinted: Vec::new(),
        };
        let Some(path) = path else { return Ok(Self { path: None, stored: new(), is_saved: true, _lock: None }) };
        let lock = lock(&path)?;
        let stored = match fs::read(&path) {
            Ok(bytes) => read(&bytes, &portal, &path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => new(),
            Err(error) => return Err(unusable("read", &path, &error)),
        };
        // The first save shows early whether the file can be written.
        Ok(Self { path: Some(path), stored, is_saved: false, _lock: Some(lock) })
    }

    /// The room that had this title when it was first watched.
    pub(super) fn titled(&self, title: &str) -> Option<&RoomId> {
        self.stored.titles.get(title)
    }

    /// Remembers the room of a title.
    pub(super) fn set_titled(&mut self, title: &str, id: &RoomId) {
        self.stored.titles.insert(title.to_owned(), id.clone());
        self.is_saved = false;
    }

    /// What was last seen of a room. `None` if the room was never seen.
    pub(super) fn room(&self, id: &RoomId) -> Option<&RoomState> {
        self.stored.rooms.get(&id.to_string())
    }

    /// Takes over what was seen of a room.
    pub(super) fn update(&mut self, id: &RoomId, state: RoomState, events: Vec<Event>) {
        if self.room(id) != Some(&state) {
            self.stored.rooms.insert(id.to_string(), state);
            self.is_saved = false;
        }
        self.stored.unprinted.extend(events);
    }

    pub(super) fn unprinted(&self) -> &[Event] {
        &self.stored.unprinted
    }

    pub(super) fn set_printed(&mut self) {
        self.stored.unprinted.clear();
        self.is_saved = false;
    }

    /// Replaces the file, if there is one and something is new. The file is complete at any moment.
    pub(super) fn save(&mut self) -> Result<(), Failure> {
        if let Some(path) = self.path.as_deref().filter(|_| !self.is_saved) {
            replace(path, &self.stored).map_err(|error| unusable("write", path, &error))?;
        }
        self.is_saved = true;
        Ok(())
    }
}

/// Locks a file beside the cursor. The cursor itself is replaced by each save.
fn lock(path: &Path) -> Result<File, Failure> {
    let Some(name) = path.file_name().filter(|_| !path.is_dir()) else {
        let reason = format!("{} is a directory", path.display());
        return Err(Failure::usage(reason).advise("name a file in it"));
    };
    let beside = path.with_file_name(format!(".{}.lock", name.to_string_lossy()));
    let file = File::create(&beside).map_err(|error| unusable("write", path, &error))?;
    match FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let reason = format!("another `docspace watch` uses {}", path.display());
            Err(Failure::conflict(reason).advise("use one file for each `docspace watch`, or stop the other one"))
        }
        Err(TryLockError::Error(error)) => Err(unusable("lock", path, &error)),
    }
}

/// The failure for a file that cannot be used.
fn unusable(verb: &str, path: &Path, error: &io::Error) -> Failure {
    let reason = if error.kind() == io::ErrorKind::NotFound {
        "its directory does not exist".to_owned()
    } else {
        // The text of the error can name a temporary file.
        error.kind().to_string()
    };
    let failure = Failure::usage(format!("cannot {verb} {}: {reason}", path.display()));
    failure.advise("use a file in a directory that you are allowed to write to")
}

fn read(bytes: &[u8], portal: &str, path: &Path) -> Result<Stored, Failure> {
    let name = path.display();
    let advice = "name another file with --cursor, or delete this one to start over";
    let stored: Stored = serde_json::from_slice(bytes).map_err(|error| {
        Failure::usage(format!("{name} is not a cursor of `docspace watch`: {error}")).advise(advice)
    })?;
    if stored.version != VERSION {
        let reason =
            format!("{name} has format version {}, but this program reads only version {VERSION}", stored.version);
        return Err(Failure::usage(reason).advise(advice));
    }
    if stored.portal != portal {
        let reason = format!("{name} belongs to {}, but this login is for {portal}", stored.portal);
        return Err(
            Failure::usage(reason).advise("use --portal to select the other login, or one cursor file for each portal")
        );
    }
    Ok(stored)
}

fn replace(path: &Path, stored: &Stored) -> io::Result<()> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(serde_json::to_string_pretty(stored)?.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
