//! A manifest: how rooms should be.
//!
//! Every type is what a file contains, and the [schema](crate::schema) is derived from it. In
//! [`Settings`] and [`Link`], `None` means that the file does not mention the key, so that it is
//! not managed. `Some(None)` is an explicit `null`, which takes the setting away.

mod link;
mod settings;

use std::collections::BTreeMap;

use docspace::RoomId;
pub use link::Link;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
pub use settings::Settings;

use crate::names::TypeName;

/// A manifest: how rooms should be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "Rooms of ONLYOFFICE DocSpace", extend("additionalProperties" = false))]
pub struct Manifest {
    /// The name of the manifest, `default` if no file has one. The ids of links are derived from
    /// it, so after a change of the name, links that were created under the old name are no longer
    /// recognized.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub name: Option<String>,
    /// Settings for all rooms of a type. A key of a room replaces the default of that key
    /// completely: lists and mappings are not merged.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub defaults: BTreeMap<TypeName, Settings>,
    /// The rooms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<Room>,
}

/// A room. Keys that it does not have are not managed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("additionalProperties" = false))]
pub struct Room {
    /// The id of the room. By default, the title and the type find the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "room_id")]
    pub id: Option<RoomId>,
    /// The title, up to 170 characters.
    #[schemars(length(min = 1, max = 170))]
    pub title: String,
    /// The type. It cannot be changed.
    #[serde(rename = "type")]
    pub room_type: TypeName,
    /// Former titles. If there is no room with the title, a room with one of these is renamed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "titles")]
    pub previously: Vec<String>,
    /// The title or the id of the template that the room is created from. Without effect on a room
    /// that exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub template: Option<String>,
    /// Everything that can also be a default.
    #[serde(flatten)]
    pub settings: Settings,
}

impl Room {
    /// A room of which only the title and the type are known.
    pub fn new(title: impl Into<String>, room_type: TypeName) -> Self {
        Self {
            id: None,
            title: title.into(),
            room_type,
            previously: Vec::new(),
            template: None,
            settings: Settings::default(),
        }
    }

    /// Whether the title and the type, without an id, can mean either of two rooms of a manifest.
    pub(crate) fn is_ambiguous_with(&self, other: &Self) -> bool {
        let have_ids = self.id.is_some() && other.id.is_some();
        !have_ids && self.title == other.title && self.room_type == other.room_type
    }
}

fn room_id(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({"type": ["integer", "string"]})
}

fn titles(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
}

/// Keeps an explicit `null`, which serde would take for a missing key.
fn explicit<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
