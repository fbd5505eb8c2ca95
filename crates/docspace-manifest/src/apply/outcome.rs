//! What was done.

use docspace::RoomId;

use super::failure::ApplyError;
use crate::plan::{Action, Plan, RoomPlan};

/// What was done, for each room of the plan in its order.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The rooms.
    pub rooms: Vec<AppliedRoom>,
    /// Why the run ended early. `None` if everything was tried.
    pub stopped: Option<ApplyError>,
}

/// What was done in a room.
#[derive(Clone, Debug)]
pub struct AppliedRoom {
    /// The id of the room. `None` if it was not created.
    pub id: Option<RoomId>,
    /// What became of each action of the plan, in its order.
    pub actions: Vec<Done>,
}

/// What became of an action.
#[derive(Clone, Debug)]
pub enum Done {
    /// It was carried out.
    Done,
    /// It failed.
    Failed(ApplyError),
    /// It was not tried, because another action failed or the run ended early.
    Skipped,
}

/// Something that happened while a plan is applied.
#[derive(Debug)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The room.
    pub room: &'a RoomPlan,
    /// The action.
    pub action: &'a Action,
    /// What became of it.
    pub done: &'a Done,
}

impl Done {
    /// Whether the action was carried out.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }
}

impl Applied {
    /// Whether all actions were carried out.
    pub fn is_complete(&self) -> bool {
        self.rooms.iter().flat_map(|room| &room.actions).all(Done::is_done)
    }

    /// The number of [things](crate::plan::Counts) that were changed.
    pub fn done_count(&self, plan: &Plan) -> usize {
        let rooms = plan.rooms.iter().zip(&self.rooms);
        let actions = rooms.flat_map(|(plan, room)| plan.actions.iter().zip(&room.actions));
        actions.filter(|(_, done)| done.is_done()).map(|(action, _)| action.count()).sum()
    }

    /// The actions that were not carried out, with their rooms and what became of them.
    pub fn not_done<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = (&'a RoomPlan, &'a Action, &'a Done)> {
        let rooms = plan.rooms.iter().zip(&self.rooms);
        let actions = rooms.flat_map(|(plan, room)| {
            plan.actions.iter().zip(&room.actions).map(move |(action, done)| (plan, action, done))
        });
        actions.filter(|(_, _, done)| !done.is_done())
    }
}
