//! The printed fields of an outcome: one room or template after an action on several.

use std::fmt;

use docspace::RoomId;
use schemars::JsonSchema;
use serde::Serialize;

use crate::output::{Field, Id, Record, Tone};

/// The outcome of an action for one room or template.
#[derive(Debug)]
pub(crate) struct OutcomeRecord {
    pub(crate) id: RoomId,
    pub(crate) state: OutcomeState,
    /// The title, if the command knows it: the portal returns it only at the end of an archiving or
    /// a restoration.
    pub(crate) title: Option<String>,
}

/// The new state of a room or template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OutcomeState {
    // The command did not wait for the result.
    Accepted,
    Active,
    Archived,
    Deleted,
    Left,
}

impl fmt::Display for OutcomeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl Record for OutcomeRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the room or template", &|outcome| Id::from(&outcome.id)),
        Field::<Self>::column(
            "state",
            "State after the command; `accepted` if the command did not wait for the result",
            &|outcome| outcome.state,
        )
        .never_cut()
        .tone(|outcome| match outcome.state {
            OutcomeState::Archived | OutcomeState::Deleted => Tone::Dim,
            _ => Tone::Plain,
        }),
        Field::<Self>::column("title", "Title; null if it is not known", &|outcome| outcome.title.clone())
            .priority(90)
            .optional(),
    ];
}
