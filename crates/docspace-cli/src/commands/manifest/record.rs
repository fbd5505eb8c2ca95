//! The records of a plan and of what was done.

use docspace::RoomId;
use docspace_manifest::apply::{Applied, Done};
use docspace_manifest::plan::{Action, Plan, RoomPlan, Sign};
use schemars::JsonSchema;
use serde::Serialize;

use crate::output::{Field, Id, Record};

/// How the portal and a manifest differ in one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Difference {
    Add,
    Change,
    Remove,
    Unchanged,
    NotManaged,
    Note,
}

impl Difference {
    fn of(action: &Action) -> Self {
        match action.sign() {
            Sign::Add => Self::Add,
            Sign::Change => Self::Change,
            Sign::Remove => Self::Remove,
        }
    }
}

/// One thing of a plan.
pub(crate) struct PlannedRecord {
    id: Option<RoomId>,
    room: String,
    place: Option<String>,
    difference: Difference,
    what: String,
}

impl PlannedRecord {
    fn new(room: &RoomPlan, difference: Difference, what: impl Into<String>) -> Self {
        Self {
            id: room.id.clone(),
            room: room.title.clone(),
            place: room.place.as_ref().map(ToString::to_string),
            difference,
            what: what.into(),
        }
    }

    /// Everything that a plan says, also about what it leaves alone.
    pub(super) fn all(plan: &Plan) -> Vec<Self> {
        let mut records = Vec::new();
        for room in &plan.rooms {
            let lines = |action: &Action| {
                let difference = Difference::of(action);
                action.lines().into_iter().map(move |line| (difference, line))
            };
            let actions = room.actions.iter().flat_map(lines);
            let unchanged = room.unchanged.iter().map(|what| (Difference::Unchanged, what.clone()));
            let extras = room.not_managed.iter().map(|extra| (Difference::NotManaged, extra.name.clone()));
            let notes = room.notes.iter().map(|note| (Difference::Note, note.clone()));
            let all = actions.chain(unchanged).chain(extras).chain(notes);
            records.extend(all.map(|(difference, what)| Self::new(room, difference, what)));
        }
        records
    }
}

impl Record for PlannedRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the room; null for a room that is to be created", &|planned| {
            planned.id.as_ref().map(Id::from)
        }),
        Field::<Self>::column(
            "change",
            "Type of change: `add`, `change` or `remove`; `unchanged` and `not-managed` are left alone",
            &|planned| planned.difference,
        )
        .never_cut(),
        Field::<Self>::column("room", "Title of the room", &|planned| planned.room.clone()).priority(60),
        Field::<Self>::column("what", "What changes, and how", &|planned| planned.what.clone()).priority(90),
        Field::<Self>::detail("place", "File, line and column of the room; null without a file", &|planned| {
            planned.place.clone()
        }),
    ];
}

/// The outcome of an action.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum State {
    Done,
    Failed,
    Skipped,
}

/// One action that was tried.
pub(crate) struct AppliedRecord {
    planned: PlannedRecord,
    state: State,
}

impl AppliedRecord {
    /// What became of each action of a plan.
    pub(super) fn all(plan: &Plan, applied: &Applied) -> Vec<Self> {
        let mut records = Vec::new();
        for (room, done) in plan.rooms.iter().zip(&applied.rooms) {
            for (action, done_action) in room.actions.iter().zip(&done.actions) {
                let state = match done_action {
                    Done::Done => State::Done,
                    Done::Failed(_) => State::Failed,
                    Done::Skipped => State::Skipped,
                };
                for line in action.lines() {
                    let mut planned = PlannedRecord::new(room, Difference::of(action), line);
                    planned.id.clone_from(&done.id);
                    records.push(Self { planned, state });
                }
            }
        }
        records
    }
}

impl Record for AppliedRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the room; null for a room that was not created", &|applied| {
            applied.planned.id.as_ref().map(Id::from)
        }),
        Field::<Self>::column("state", "State after the command", &|applied| applied.state).never_cut(),
        Field::<Self>::column("change", "Planned change", &|applied| applied.planned.difference).never_cut(),
        Field::<Self>::column("room", "Title of the room", &|applied| applied.planned.room.clone()).priority(60),
        Field::<Self>::column("what", "What changes, and how", &|applied| applied.planned.what.clone()).priority(90),
    ];
}
