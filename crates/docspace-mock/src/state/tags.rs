//! The tag catalog of the portal. Rooms refer to tags by id, so a renamed tag changes in all rooms.

use serde::{Deserialize, Serialize};

use crate::collation::fold;

/// A tag.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Tag {
    pub(crate) id: u64,
    pub(crate) name: String,
}

/// All tags, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Tags {
    all: Vec<Tag>,
    last: u64,
}

/// A name as the database stores it. Its connection supports three bytes per character, and
/// replaces longer characters, such as emoji, by question marks
/// (docs/portal/dates-and-names.md#names-that-stay-as-sent).
pub(crate) fn stored(name: &str) -> String {
    name.chars().map(|letter| if letter.len_utf8() == 4 { '?' } else { letter }).collect()
}

impl Tags {
    /// Finds a tag by name. The database ignores case, accents and trailing spaces
    /// (recording tags/names-compared).
    pub(crate) fn find(&self, name: &str) -> Option<&Tag> {
        let key = |name: &str| fold(name.trim_end_matches(' '));
        let wanted = key(&stored(name));
        self.all.iter().find(|tag| key(&tag.name) == wanted)
    }

    pub(crate) fn name(&self, id: u64) -> Option<&str> {
        self.all.iter().find(|tag| tag.id == id).map(|tag| tag.name.as_str())
    }

    /// Returns the tag of this name, and creates it if it does not exist. An existing tag keeps its
    /// spelling.
    pub(crate) fn ensure(&mut self, name: &str) -> Tag {
        if let Some(tag) = self.find(name) {
            return tag.clone();
        }
        self.last += 1;
        let tag = Tag { id: self.last, name: stored(name) };
        self.all.push(tag.clone());
        tag
    }

    pub(crate) fn rename(&mut self, id: u64, name: &str) {
        if let Some(tag) = self.all.iter_mut().find(|tag| tag.id == id) {
            tag.name = stored(name);
        }
    }

    pub(crate) fn remove(&mut self, id: u64) {
        self.all.retain(|tag| tag.id != id);
    }

    pub(crate) fn retain(&mut self, kept: impl Fn(u64) -> bool) {
        self.all.retain(|tag| kept(tag.id));
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Tag> {
        self.all.iter().rev()
    }
}
