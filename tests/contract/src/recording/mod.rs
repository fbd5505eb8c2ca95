//! Recordings of a real portal. `tests/recordings/README.md` describes their format.
//!
//! ```
//! let recording = contract::recording::read("rooms/create-custom");
//! assert_eq!(recording.path_of(&recording.steps[0]), "/api/2.0/files/rooms");
//! ```

mod delivery;
mod placeholder;
mod step;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

pub use delivery::{Action, Delivery};
pub(crate) use placeholder::as_text;
pub use placeholder::{Variables, fill, fill_text};
pub use step::{Answer, Poll, RawBody, Step, UploadForm};

/// The calls of one scenario and the portal's answers, step by step.
#[derive(Clone, Debug, Deserialize)]
pub struct Recording {
    /// Folder and name, such as `rooms/lifecycle-custom`.
    pub scenario: String,
    /// The value of each variable when the scenario was recorded.
    #[serde(default)]
    pub captured: BTreeMap<String, Value>,
    /// The ids of the people, by role.
    #[serde(default)]
    pub people: BTreeMap<String, String>,
    /// The exchanges in order. A recording that only describes an observation has none.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The requests that the portal sent to receivers of webhooks, in order.
    #[serde(default)]
    pub deliveries: Vec<Delivery>,
    /// The actions whose deliveries were recorded, in order.
    #[serde(default)]
    pub actions: Vec<Action>,
}

impl Recording {
    /// The whole path of a step, filled in with the recorded values of the variables.
    pub fn path_of(&self, step: &Step) -> String {
        fill_text(&step.whole_path(), &self.recorded_variables())
    }

    /// A part of a request, filled in with the recorded values of the variables.
    pub fn filled(&self, value: &Value) -> Value {
        fill(value, &self.recorded_variables())
    }

    fn recorded_variables(&self) -> Variables {
        // A person's id is captured under the role, and requests refer to it as `role_id`.
        let people = self.people.iter().flat_map(|(role, id)| {
            [(role.clone(), Value::from(id.as_str())), (format!("{role}_id"), Value::from(id.as_str()))]
        });
        people.chain(self.captured.clone()).collect()
    }
}

/// The recordings that the tests use, sorted by name: all except those in [`not_modeled`].
///
/// # Panics
///
/// Panics if a recording cannot be read.
pub fn all() -> Vec<Recording> {
    let left_out = not_modeled();
    all_in(&folder()).into_iter().filter(|recording| !left_out.contains(&recording.scenario)).collect()
}

/// All recordings in a folder and the folders in it, sorted by name.
///
/// # Panics
///
/// Panics if a recording cannot be read.
pub fn all_in(folder: &Path) -> Vec<Recording> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    files.iter().map(|file| read_file(file)).collect()
}

/// The names in `tests/recordings/not-modeled.txt`: recordings that are only evidence.
///
/// # Panics
///
/// Panics if the list cannot be read.
pub fn not_modeled() -> Vec<String> {
    let file = folder().join("not-modeled.txt");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// The recording with this name, such as `rooms/lifecycle-custom`.
///
/// # Panics
///
/// Panics if it cannot be read.
pub fn read(name: &str) -> Recording {
    read_file(&file_of(name))
}

fn file_of(name: &str) -> PathBuf {
    folder().join(format!("{name}.json"))
}

/// The folder of the recordings.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../recordings")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry of the folder of recordings").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
}

fn read_file(file: &Path) -> Recording {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_not_modeled_are_names_of_recordings() {
        for name in not_modeled() {
            assert!(file_of(&name).is_file(), "{name}");
        }
    }
}
