//! The printed fields of a tag.

use serde_json::json;

use crate::output::{Field, Record, Tone};

/// A tag as it is printed.
pub(crate) struct TagRecord {
    pub(crate) tag: String,
    /// The number of rooms and of templates that have the tag, or `None` if it is not known.
    pub(crate) uses: Option<(usize, usize)>,
}

impl Record for TagRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("tag", |tag| json!(tag.tag)).never_cut().priority(100).tone(|_| Tone::Id),
        Field::<Self>::column("rooms", |tag| json!(tag.uses.map(|(rooms, _)| rooms))).never_cut(),
        Field::<Self>::column("templates", |tag| json!(tag.uses.map(|(_, templates)| templates))).never_cut(),
    ];
}
