//! The printed fields of a tag.

use serde_json::json;

use crate::output::{Field, Record};

/// A tag as it is printed.
pub(crate) struct TagRecord {
    pub(crate) tag: String,
    /// The number of rooms and of templates that have the tag, or `None` if it is not known.
    pub(crate) uses: Option<(usize, usize)>,
}

impl Record for TagRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::column("tag", |tag| json!(tag.tag)),
        Field::column("rooms", |tag| json!(tag.uses.map(|(rooms, _)| rooms))),
        Field::column("templates", |tag| json!(tag.uses.map(|(_, templates)| templates))),
    ];
}
