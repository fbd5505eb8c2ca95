//! The printed fields of something that was deleted.

use schemars::JsonSchema;
use serde::Serialize;

use crate::output::{Field, Record, Tone};

/// Something that was deleted: its id, and its name before.
pub(crate) struct DeletedRecord<Id> {
    pub(crate) id: Id,
    pub(crate) name: String,
}

/// The state of something that was deleted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DeletedState {
    Deleted,
}

impl<Id: Clone + Serialize + JsonSchema + 'static> Record for DeletedRecord<Id> {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id by which commands found it", &|deleted| deleted.id.clone()),
        Field::<Self>::column("state", "State after the command", &|_| DeletedState::Deleted)
            .never_cut()
            .tone(|_| Tone::Dim),
        Field::<Self>::column("name", "Name before it was deleted", &|deleted| deleted.name.clone()).priority(90),
    ];
}
