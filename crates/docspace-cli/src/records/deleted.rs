//! The printed fields of something that was deleted.

use serde_json::{Value, json};

use crate::output::{Field, Record, Tone};

/// Something that was deleted: its id, and its name before.
pub(crate) struct DeletedRecord {
    pub(crate) id: Value,
    pub(crate) name: String,
}

impl Record for DeletedRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|deleted| deleted.id.clone()),
        Field::<Self>::column("state", |_| json!("deleted")).never_cut().tone(|_| Tone::Dim),
        Field::<Self>::column("name", |deleted| json!(deleted.name)).priority(90),
    ];
}
