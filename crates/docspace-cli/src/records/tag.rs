//! The printed fields of a tag.

use crate::output::{Field, Record, Tone};

/// A tag as it is printed.
pub(crate) struct TagRecord {
    pub(crate) tag: String,
    /// The number of rooms and of templates that have the tag, or `None` if it is not known.
    pub(crate) uses: Option<(usize, usize)>,
}

impl Record for TagRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("tag", "Name of the tag", &|tag| tag.tag.clone())
            .never_cut()
            .priority(100)
            .tone(|_| Tone::Id),
        Field::<Self>::column("rooms", "Number of rooms with the tag; null if it is not known", &|tag| {
            tag.uses.map(|(rooms, _)| rooms)
        })
        .never_cut(),
        Field::<Self>::column("templates", "Number of templates with the tag; null if it is not known", &|tag| {
            tag.uses.map(|(_, templates)| templates)
        })
        .never_cut(),
    ];
}
