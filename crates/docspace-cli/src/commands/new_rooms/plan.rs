//! What is left to do for each row.

use docspace::{Room, RoomId};

use super::missing::ActiveRooms;
use super::row::NewRoom;
use crate::csv::{Outcome, Problems, ResultFile, State};
use crate::failure::Failure;
use crate::output::Bar;
use crate::session::Session;

/// What is left to do for a row.
#[derive(Debug)]
pub(super) enum Plan {
    /// Nothing: an earlier run did it.
    Done(Outcome),
    /// Nothing: the room is there already.
    Existing(RoomId),
    /// Add the members and create the link. An earlier run created the room.
    Finish(RoomId),
    Create,
}

/// Plans all rows. A row whose outcome is not known gets the room with its title, if there is one.
pub(super) async fn of(
    session: &Session,
    rooms: &[NewRoom],
    results: &ResultFile,
    if_missing: bool,
    problems: &mut Problems,
) -> Result<Vec<Plan>, Failure> {
    let is_unknown = |outcome: &Outcome| matches!(outcome.state, State::Started | State::Unknown);
    let must_search = if_missing || (0..rooms.len()).any(|index| results.outcome(index).is_some_and(is_unknown));
    let active = match must_search {
        true => {
            let _bar = Bar::start(session.terminal, "reading rooms", 1);
            Some(ActiveRooms::read(&session.portal).await?)
        }
        false => None,
    };
    let mut plans = Vec::with_capacity(rooms.len());
    for (index, room) in rooms.iter().enumerate() {
        let outcome = results.outcome(index);
        let found: Vec<&Room> = match (&active, room.room_type) {
            (Some(active), Some(room_type)) => active.with(&room.title, room_type).collect(),
            _ => Vec::new(),
        };
        let id = outcome.and_then(|outcome| outcome.id.as_ref()?.parse::<RoomId>().ok());
        plans.push(match (outcome, id, found.as_slice()) {
            (Some(outcome), _, _) if outcome.state.is_done() => Plan::Done(outcome.clone()),
            (Some(outcome), Some(id), _) if outcome.state == State::Incomplete => Plan::Finish(id),
            (Some(outcome), _, [only]) if is_unknown(outcome) => Plan::Finish(only.id.clone()),
            (Some(outcome), _, [_, _, ..]) if is_unknown(outcome) => {
                let ids: Vec<_> = found.iter().map(|room| room.id.to_string()).collect();
                let reason = format!(
                    "an earlier run may have created it, and {} rooms have this title and type: {}; rename or remove \
                     all but one of them",
                    ids.len(),
                    ids.join(", ")
                );
                problems.add(room.line, "title", &room.title, reason);
                Plan::Create
            }
            (_, _, [first, ..]) if if_missing => Plan::Existing(first.id.clone()),
            _ => Plan::Create,
        });
    }
    Ok(plans)
}
