//! The wanted state: the rooms of all files, with their defaults.

use serde::{Deserialize, Serialize};

use crate::manifest::Room;
use crate::problem::Place;

/// The name of a manifest whose files have none.
pub const DEFAULT_NAME: &str = "default";

/// The wanted state: the rooms of all files, each with the defaults of its type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// The name of the manifest.
    pub name: String,
    /// The rooms, in the order of the files.
    pub rooms: Vec<WantedRoom>,
}

/// A room with the defaults of its type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WantedRoom {
    /// Where the room begins in its file. `None` for a room that a program made.
    pub place: Option<Place>,
    /// The room.
    pub room: Room,
}

impl Wanted {
    /// A wanted state that a program made, of the manifest with this name.
    pub fn new(name: impl Into<String>, rooms: impl IntoIterator<Item = Room>) -> Self {
        let rooms = rooms.into_iter().map(|room| WantedRoom { place: None, room }).collect();
        Self { name: name.into(), rooms }
    }

    /// Takes passwords that a manifest names from the environment. `read` returns the value of a
    /// variable. Passwords whose variable has no value stay as they are.
    pub fn take_passwords(&mut self, read: impl Fn(&str) -> Option<String>) {
        for wanted in &mut self.rooms {
            for link in wanted.room.settings.links.iter_mut().flat_map(|links| links.values_mut()) {
                if let Some(Some(password)) = &mut link.password {
                    password.take(&read);
                }
            }
        }
    }
}
