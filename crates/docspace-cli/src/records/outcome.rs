//! What is printed of one of several rooms or templates after a change to all of them.

use docspace::RoomId;
use serde_json::json;

use crate::output::{Field, Record};

/// The outcome for one room or template.
#[derive(Debug)]
pub(crate) struct OutcomeRecord {
    pub(crate) id: RoomId,
    /// Its state now, or `accepted` if the portal still works on it.
    pub(crate) state: &'static str,
    /// Its title, if it is still there.
    pub(crate) title: Option<String>,
}

impl Record for OutcomeRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::column("id", |outcome| json!(outcome.id)),
        Field::column("state", |outcome| json!(outcome.state)),
        Field::column("title", |outcome| json!(outcome.title)),
    ];
}
