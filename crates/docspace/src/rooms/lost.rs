//! Finding the room of a creation whose answer was lost.
//!
//! A creation is never sent twice. When nobody knows whether the portal executed it, the room itself is looked for: of the
//! title that a portal makes of the one asked for, of the same type, owned by the caller, and made after the call began.
//!
//! The last is what tells it from an older room of the same title; see [`Began`] for how that is known. What a program made
//! itself in the same seconds is known by its id.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use docspace_api::types::{PersonId, Room};
use docspace_api::{RoomId, RoomType};

use super::ListRooms;
use crate::error::{Error, Result};
use crate::lost::{Began, is_lost};
use crate::portal::Portal;
use crate::runtime::{Instant, sleep};
use crate::text;
use crate::waiting::Backoff;

/// How often a room is looked for: a portal may still be at it when the connection breaks, and needs up to a second.
const LOOKS: usize = 4;

/// How long the rooms that came out of creations are kept in mind: longer than any call lasts.
const MEMORY: Duration = Duration::from_secs(3600);

/// The creations of a program, so that two of them do not find the same room.
#[derive(Debug, Default)]
pub(crate) struct Creations(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    under_way: Vec<Arc<Wanted>>,
    /// What came out of those that ended.
    made: VecDeque<(Instant, RoomId)>,
}

/// What a creation asks for, as far as the portal's answer shows it.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    /// As a portal stores it.
    title: String,
    room_type: RoomType,
}

impl Creations {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn remember(&mut self, id: RoomId) {
        while self.made.front().is_some_and(|(at, _)| at.elapsed() > MEMORY) {
            self.made.pop_front();
        }
        self.made.push_back((Instant::now(), id));
    }

    fn is_made(&self, id: &RoomId) -> bool {
        self.made.iter().any(|(_, known)| known == id)
    }
}

/// A creation that is under way.
pub(super) struct Creation {
    portal: Portal,
    wanted: Arc<Wanted>,
    began: Began,
}

impl Creation {
    /// Is called before it is sent.
    pub(super) fn begin(portal: &Portal, title: &str, room_type: RoomType) -> Self {
        let wanted = Arc::new(Wanted { title: text::as_stored(title), room_type });
        portal.creations().known().under_way.push(Arc::clone(&wanted));
        Self { portal: portal.clone(), wanted, began: Began::now() }
    }

    /// What came of it: the room of a good answer, or the one that is found when the answer was lost. A portal may still
    /// be at that one, so it is given the time of the looks to become whole.
    pub(super) async fn outcome(&self, answer: Result<Room>, is_whole: impl Fn(&Room) -> bool) -> Result<Room> {
        match answer {
            Ok(room) => {
                self.portal.creations().known().remember(room.id.clone());
                Ok(room)
            }
            Err(error) if is_lost(&error) => self.find(error, is_whole).await,
            Err(error) => Err(error),
        }
    }

    async fn find(&self, lost: Error, is_whole: impl Fn(&Room) -> bool) -> Result<Room> {
        let Ok(me) = self.portal.caller_id().await else { return Err(lost) };
        let mut backoff = Backoff::new(self.portal.wait_policy());
        let mut found = Vec::new();
        for look in 0..LOOKS {
            if look > 0 {
                sleep(backoff.pause()).await;
            }
            match self.look(me).await {
                Ok(Some(rooms)) => found = rooms,
                // Without knowing when the call began no room is certain.
                Ok(None) | Err(_) => return Err(lost),
            }
            if found.len() > 1 {
                break;
            }
            let is_last = look + 1 == LOOKS;
            if let Some(room) = found.pop_if(|room| (is_last || is_whole(room)) && self.claim(room)) {
                return Ok(room);
            }
        }
        Err(lost.advise(match &*found {
            [] => {
                "no such room was there afterwards, but the portal may still be at it: look again before trying again"
                    .to_owned()
            }
            rooms => {
                let ids: Vec<String> = rooms.iter().map(|room| room.id.to_string()).collect();
                format!("it may have made room {}: look before trying again", ids.join(" or room "))
            }
        }))
    }

    /// The rooms that may be it; none when the portal does not say what time it has.
    async fn look(&self, me: PersonId) -> Result<Option<Vec<Room>>> {
        let wanted = &*self.wanted;
        let list = ListRooms::new(self.portal.clone()).kind(wanted.room_type).owner(me).search(wanted.title.clone());
        let (mut rooms, Some(now)) = list.all_at().await? else { return Ok(None) };
        let earliest = self.began.by(now);
        let known = self.portal.creations().known();
        rooms.retain(|room| {
            room.title == wanted.title
                && room.room_type == wanted.room_type
                && room.created_by.as_ref().is_some_and(|owner| owner.id == me)
                && room.created.to_utc() >= earliest
                && !known.is_made(&room.id)
        });
        Ok(Some(rooms))
    }

    /// Takes a room for this creation, unless another one of the same kind may have made it.
    fn claim(&self, room: &Room) -> bool {
        let mut known = self.portal.creations().known();
        let alike = known.under_way.iter().filter(|other| **other == self.wanted).count();
        let free = alike <= 1 && !known.is_made(&room.id);
        if free {
            known.remember(room.id.clone());
        }
        free
    }
}

impl Drop for Creation {
    fn drop(&mut self) {
        self.portal.creations().known().under_way.retain(|other| !Arc::ptr_eq(other, &self.wanted));
    }
}
