//! The printed fields of an outcome: one room or template after an action on several.

use docspace::RoomId;
use serde_json::json;

use crate::output::{Field, Record};

/// The outcome of an action for one room or template.
#[derive(Debug)]
pub(crate) struct OutcomeRecord {
    pub(crate) id: RoomId,
    /// The new state, or `accepted` if the command did not wait for the result.
    pub(crate) state: &'static str,
    /// The title, if the command knows it: the portal returns it only at the end of an archiving or
    /// a restoration.
    pub(crate) title: Option<String>,
}

impl Record for OutcomeRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|outcome| json!(outcome.id)),
        Field::<Self>::column("state", |outcome| json!(outcome.state)).never_cut(),
        Field::<Self>::column("title", |outcome| json!(outcome.title)).priority(90).optional(),
    ];
}
