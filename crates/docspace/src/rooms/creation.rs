//! Finding the room of a creation whose answer was lost.
//!
//! A creation is never sent twice. If it is not known whether the portal executed it, the client
//! searches for the room: with the title as the portal stores it, of the same type, owned by the
//! caller, and created after the call began.
//!
//! The creation date distinguishes it from an older room with the same title; [`Began`] explains
//! how the start of the call is determined. Rooms that this program created in the same seconds are
//! recognized by their ids.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use docspace_api::types::{PersonId, Room};
use docspace_api::{RoomId, RoomType};

use super::ListRooms;
use crate::error::{Error, Result};
use crate::platform::{Instant, sleep};
use crate::portal::Portal;
use crate::support::input;
use crate::support::lost_answer::{Began, is_lost};
use crate::waiting::{Backoff, WaitPolicy};

/// How often to search. A portal may still be creating the room when the connection breaks, and
/// needs up to a second.
const SEARCHES: usize = 4;

/// How long created rooms are remembered: longer than any call takes.
const REMEMBERED_FOR: Duration = Duration::from_secs(3600);

/// The creations of a program, remembered so that no two of them return the same room.
#[derive(Debug, Default)]
pub(crate) struct Creations(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    in_flight: Vec<Arc<Wanted>>,
    /// The rooms that finished creations have returned.
    returned: VecDeque<(Instant, RoomId)>,
}

/// The requested properties by which the portal's answer can be matched.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    /// The title as the portal stores it.
    title: String,
    room_type: RoomType,
}

impl Creations {
    /// Remembers a room that was created in another way, so that no creation returns it.
    pub(crate) fn remember(&self, id: &RoomId) {
        self.known().remember(id.clone());
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn remember(&mut self, id: RoomId) {
        while self.returned.front().is_some_and(|(at, _)| at.elapsed() > REMEMBERED_FOR) {
            self.returned.pop_front();
        }
        self.returned.push_back((Instant::now(), id));
    }

    fn is_returned(&self, id: &RoomId) -> bool {
        self.returned.iter().any(|(_, known)| known == id)
    }
}

/// A creation in progress.
pub(super) struct Creation {
    portal: Portal,
    creations: Arc<Creations>,
    wanted: Arc<Wanted>,
    began: Began,
}

impl Creation {
    /// Must be called before the request is sent.
    pub(super) fn begin(portal: &Portal, title: &str, room_type: RoomType) -> Self {
        let wanted = Arc::new(Wanted { title: input::as_stored(title), room_type });
        let creations: Arc<Creations> = portal.state();
        creations.known().in_flight.push(Arc::clone(&wanted));
        Self { portal: portal.clone(), creations, wanted, began: Began::now() }
    }

    /// The result of the creation: the room in a successful answer, or the room that is found after
    /// a lost answer. A portal may still be working on that room, so the search gives it time to
    /// become complete.
    pub(super) fn outcome(
        &self,
        answer: Result<Room>,
        is_complete: impl Fn(&Room) -> bool,
    ) -> impl Future<Output = Result<Room>> {
        Box::pin(async move {
            match answer {
                Ok(room) => {
                    self.creations.known().remember(room.id.clone());
                    Ok(room)
                }
                Err(error) if is_lost(&error) => self.find(error, is_complete).await,
                Err(error) => Err(error),
            }
        })
    }

    async fn find(&self, lost: Error, is_complete: impl Fn(&Room) -> bool) -> Result<Room> {
        let Ok(me) = self.portal.caller_id().await else { return Err(lost) };
        // Not the wait policy of the caller: its pauses are for long operations, and no deadline
        // ends this search.
        let mut backoff = Backoff::new(&WaitPolicy::default());
        let mut found = Vec::new();
        for search in 0..SEARCHES {
            if search > 0 {
                sleep(backoff.pause()).await;
            }
            match self.candidates(me).await {
                Ok(Some(rooms)) => found = rooms,
                // Without the time at which the call began, no room is certain.
                Ok(None) | Err(_) => return Err(lost),
            }
            if found.len() > 1 {
                break;
            }
            let is_last = search + 1 == SEARCHES;
            if let Some(room) = found.pop_if(|room| (is_last || is_complete(room)) && self.claim(room)) {
                return Ok(room);
            }
        }
        Err(lost.advise(match &*found {
            [] => {
                "no such room was found afterwards, but the portal may still be creating it: check before trying again"
                    .to_owned()
            }
            rooms => {
                let ids: Vec<String> = rooms.iter().map(|room| room.id.to_string()).collect();
                format!("the portal may have created room {}: check before trying again", ids.join(" or room "))
            }
        }))
    }

    /// Returns the rooms that this creation may have created, or `None` if the answer of the portal
    /// has no date.
    async fn candidates(&self, me: PersonId) -> Result<Option<Vec<Room>>> {
        let wanted = &*self.wanted;
        let list =
            ListRooms::new(self.portal.clone()).room_type(wanted.room_type).owner(me).search(wanted.title.clone());
        let (mut rooms, Some(now)) = list.all_at().await? else { return Ok(None) };
        let earliest = self.began.by(now);
        let known = self.creations.known();
        rooms.retain(|room| {
            room.title == wanted.title
                && room.room_type == wanted.room_type
                && room.created_by.as_ref().is_some_and(|owner| owner.id == me)
                && room.created.to_utc() >= earliest
                && !known.is_returned(&room.id)
        });
        Ok(Some(rooms))
    }

    /// Claims a room for this creation, unless another creation with the same title and type may
    /// have created it.
    fn claim(&self, room: &Room) -> bool {
        let mut known = self.creations.known();
        let alike = known.in_flight.iter().filter(|other| **other == self.wanted).count();
        let free = alike <= 1 && !known.is_returned(&room.id);
        if free {
            known.remember(room.id.clone());
        }
        free
    }
}

impl Drop for Creation {
    fn drop(&mut self) {
        self.creations.known().in_flight.retain(|other| !Arc::ptr_eq(other, &self.wanted));
    }
}
