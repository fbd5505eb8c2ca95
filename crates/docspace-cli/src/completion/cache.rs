//! Values from the portal that are kept for a short time, because a person presses Tab often.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy;

use super::portal::Value;

/// The time for which values are kept.
const MAX_AGE: Duration = Duration::from_secs(60);

/// A file with values.
pub(super) struct Cache {
    directory: PathBuf,
    file: PathBuf,
}

impl Cache {
    /// Returns the file for values with this key. Returns `None` without a home directory.
    pub(super) fn new(key: &impl Hash) -> Option<Self> {
        let directory = etcetera::choose_base_strategy().ok()?.cache_dir().join("docspace").join("completions");
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let file = directory.join(format!("{:016x}.json", hasher.finish()));
        Some(Self { directory, file })
    }

    /// Returns the values, unless they are too old.
    pub(super) fn read(&self) -> Option<Vec<Value>> {
        if is_old(&self.file) {
            return None;
        }
        serde_json::from_slice(&fs::read(&self.file).ok()?).ok()
    }

    /// Keeps the values, and removes old files. Without a place for them, the next completion asks
    /// the portal again.
    pub(super) fn write(&self, values: &[Value]) {
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(&self.directory)?;
            for entry in fs::read_dir(&self.directory)?.flatten().filter(|entry| is_old(&entry.path())) {
                let _ = fs::remove_file(entry.path());
            }
            // Only the owner can read a `NamedTempFile`. It replaces the old file when it is
            // complete.
            let mut file = tempfile::NamedTempFile::new_in(&self.directory)?;
            serde_json::to_writer(&mut file, values)?;
            file.persist(&self.file)?;
            Ok(())
        };
        let _ = write();
    }
}

/// Whether a file is too old to use, or does not exist. A date in the future is that of another
/// clock.
fn is_old(file: &Path) -> bool {
    let modified = fs::metadata(file).and_then(|file| file.modified()).ok();
    let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
    age.is_none_or(|age| age > MAX_AGE)
}
