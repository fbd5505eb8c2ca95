//! One look at a room.

use std::time::Duration;

use docspace::history::HistoryEvent;
use docspace::{ErrorKind, Portal, Result, Room, RoomId};
use futures::TryStreamExt;

use super::changes;
use super::event::{Event, EventKind};
use super::snapshot::Snapshot;
use super::state::RoomState;

/// How far the history is read back again. The portal writes it in the background, so an event can
/// appear after a newer one.
const OVERLAP: Duration = Duration::from_secs(10);

/// What a look at a room has found.
pub(super) struct Polled {
    pub(super) state: RoomState,
    pub(super) events: Vec<Event>,
}

/// Looks at a room. Of a room that was never seen, it only remembers how it is. A room that cannot
/// be read any more is an event, and a room that was never seen must exist.
pub(super) async fn room(portal: &Portal, id: &RoomId, before: Option<&RoomState>) -> Result<Polled> {
    let Some(before) = before else {
        let state = first(portal, id).await?;
        return Ok(Polled { state, events: Vec::new() });
    };
    match next(portal, id, before).await {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Forbidden) => Ok(gone(id, before)),
        polled => polled,
    }
}

/// The state of a room whose changes are printed from now on.
async fn first(portal: &Portal, id: &RoomId) -> Result<RoomState> {
    // The history is read first: what happens between the calls is then found by comparison.
    let newest = portal.room(id).history().stream().try_next().await?;
    let room = portal.room(id).get().await?;
    let snapshot = Some(Snapshot::read(portal, &room).await?);
    let (last_event, last_date) = newest.map_or((0, None), |event| (event.id, Some(event.date)));
    Ok(RoomState { title: room.title, snapshot, last_event, last_date, ..RoomState::default() })
}

async fn next(portal: &Portal, id: &RoomId, before: &RoomState) -> Result<Polled> {
    let Some(known) = &before.snapshot else {
        let mut state = RoomState { events: before.events, ..first(portal, id).await? };
        let events = numbered(vec![Event::of_room(EventKind::RoomFound, id, &state.title)], &mut state);
        return Ok(Polled { state, events });
    };
    let history = history_after(portal, id, before).await?;
    let room: Room = portal.room(id).get().await?;
    let now = Snapshot::read(portal, &room).await?;
    let mut state = before.clone();
    if let Some(newest) = history.last() {
        state.last_event = newest.id.max(state.last_event);
        state.last_date = Some(newest.date).max(state.last_date);
    }
    state.title = room.title;
    let found = changes::between(known, &now, &history, &mut state.unexplained);
    let events = found.into_iter().map(|change| change.event(id, &state.title)).collect();
    state.snapshot = Some(now);
    let events = numbered(events, &mut state);
    Ok(Polled { state, events })
}

/// The events of the history since the last look, the oldest first.
async fn history_after(portal: &Portal, id: &RoomId, before: &RoomState) -> Result<Vec<HistoryEvent>> {
    let mut history = portal.room(id).history();
    if let Some(date) = before.last_date {
        history = history.since(date - OVERLAP);
    }
    let mut events = history.all().await?;
    events.retain(|event| event.id > before.last_event);
    events.sort_by_key(|event| (event.date, event.id));
    Ok(events)
}

fn gone(id: &RoomId, before: &RoomState) -> Polled {
    let mut state = before.clone();
    if state.snapshot.take().is_none() {
        return Polled { state, events: Vec::new() };
    }
    let events = numbered(vec![Event::of_room(EventKind::RoomGone, id, &state.title)], &mut state);
    Polled { state, events }
}

/// Gives the events their ids.
fn numbered(mut events: Vec<Event>, state: &mut RoomState) -> Vec<Event> {
    for event in &mut events {
        state.events += 1;
        event.id = format!("{}-{}", event.room_id, state.events);
    }
    events
}
