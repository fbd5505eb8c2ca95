//! The portal itself: everything it remembers, and what several calls do to it.

mod dump;
mod groups;
mod links;
mod operations;
mod people;
mod rooms;
mod tags;

pub use dump::StateError;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;
use crate::ids::Ids;
use crate::limits::{Limiter, Limits};
use crate::state::credentials::Credentials;
use crate::state::groups::{PeopleGroup, RoomGroup};
use crate::state::operations::Operations;
use crate::state::people::{NewPerson, People, Role};
use crate::state::rooms::{Area, File, Room, Rooms};
use crate::state::standing::Standing;
use crate::state::tags::Tags;
use crate::state::templates::Slot;
use crate::zone::{Zone, ZoneError};

/// A whole portal in memory: `Portal::handle` answers a request, nothing else happens.
///
/// ```
/// use docspace_mock::{NewPerson, Portal, Request, Role};
/// let mut portal = Portal::new();
/// portal.add_person(NewPerson::new("ann", Role::RoomAdmin));
/// let key = portal.key("ann").expect("ann has a key");
/// let request = Request::new("GET", "/api/2.0/people/@self").header("Authorization", &format!("Bearer {key}"));
/// assert_eq!(portal.handle(&request).status, 200);
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Portal {
    #[serde(skip)]
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) base_url: String,
    /// What dates are told in. A dump of an earlier version has none.
    #[serde(default)]
    pub(crate) zone: Zone,
    pub(crate) people: People,
    pub(crate) credentials: Credentials,
    #[serde(skip)]
    pub(crate) limiter: Limiter,
    pub(crate) rooms: Rooms,
    pub(crate) tags: Tags,
    pub(crate) operations: Operations,
    pub(crate) template_slot: Option<Slot>,
    pub(crate) room_slot: Option<Slot>,
    /// The last pictures that were uploaded: file name and who sent it.
    pub(crate) uploads: Vec<(String, Uuid)>,
    /// Who started an export of a room's index, and when.
    pub(crate) exports: HashMap<Uuid, DateTime<Utc>>,
    pub(crate) room_groups: Vec<RoomGroup>,
    pub(crate) last_room_group: i64,
    pub(crate) people_groups: Vec<PeopleGroup>,
    /// When the cleaner of operations runs next.
    pub(crate) next_cleaning: DateTime<Utc>,
    /// The portal's first day.
    pub(crate) founded: DateTime<Utc>,
    /// Operations that the worker will lose, one less with each that is started.
    pub(crate) to_be_lost: usize,
    /// Somebody deleted the whole portal.
    pub(crate) deleted: bool,
}

impl Default for Portal {
    fn default() -> Self {
        Self::new()
    }
}

impl Portal {
    /// A portal with an owner called `owner` and a clock that stands still.
    pub fn new() -> Self {
        Self::with_clock(Clock::manual())
    }

    /// The same with another clock.
    pub fn with_clock(clock: Clock) -> Self {
        let owner = NewPerson {
            user_name: "administrator".into(),
            first_name: "Administrator".into(),
            last_name: String::new(),
            ..NewPerson::new("owner", Role::Owner)
        };
        Self::owned_by(owner, clock)
    }

    /// A portal that belongs to this person.
    pub fn owned_by(owner: NewPerson, clock: Clock) -> Self {
        let now = clock.now();
        let mut ids = Ids::seeded(0x0d0c_59ac);
        for area in Area::ALL {
            // Roots take the first ids of a portal, see `Area::root`.
            let id = ids.folder();
            debug_assert_eq!(id, area.root());
        }
        let share = ids.folder();
        debug_assert_eq!(share, Area::SHARE_ROOT);
        let mut portal = Self {
            clock,
            ids,
            base_url: "http://localhost".into(),
            zone: Zone::default(),
            people: People::default(),
            credentials: Credentials::default(),
            limiter: Limiter::default(),
            rooms: Rooms::default(),
            tags: Tags::default(),
            operations: Operations::default(),
            template_slot: None,
            room_slot: None,
            uploads: Vec::new(),
            exports: HashMap::new(),
            room_groups: Vec::new(),
            last_room_group: 0,
            people_groups: Vec::new(),
            next_cleaning: now,
            founded: now,
            to_be_lost: 0,
            deleted: false,
        };
        portal.add_person(owner);
        portal
    }

    /// The next operations are accepted and then never executed, as when a portal's queue loses them.
    pub fn lose_operations(&mut self, count: usize) {
        self.to_be_lost = count;
    }

    /// Adds this many one-byte files to a room or a template directly, without any request. Use it in
    /// tests that delete or copy something large, which a portal does file by file. Returns false if
    /// there is no such room.
    ///
    /// ```
    /// use docspace_mock::{Portal, Request};
    /// let mut portal = Portal::new();
    /// let key = portal.key("owner").expect("there is always an owner");
    /// let request = Request::new("POST", "/api/2.0/files/rooms").header("Authorization", &format!("Bearer {key}"));
    /// let room = serde_json::json!({"title": "Archive of 2019", "roomType": 5});
    /// let made = portal.handle(&request.json(&room)).json().expect("a room");
    /// let id = made["response"]["id"].as_i64().expect("a number");
    /// assert!(portal.fill_room(id, 12_000));
    /// ```
    #[must_use = "false means that there is no such room"]
    pub fn fill_room(&mut self, id: i64, files: usize) -> bool {
        let now = self.now();
        let Some(room) = self.rooms.get_mut(id) else { return false };
        let (parent, created_by, before) = (room.id, room.owner, room.files.len());
        room.files.extend((before + 1..=before + files).map(|number| File {
            id: self.ids.file(),
            parent,
            title: format!("File {number}.txt"),
            size: 1,
            created: now,
            created_by,
        }));
        true
    }

    /// Switches the rate limiter on with these limits, or off.
    pub fn set_limits(&mut self, limits: Option<Limits>) {
        self.limiter = Limiter::new(limits);
    }

    /// The address that links to this portal start with.
    pub fn set_base_url(&mut self, url: &str) {
        url.trim_end_matches('/').clone_into(&mut self.base_url);
    }

    /// Sets the time zone that dates are told in, and read in where they name no offset: an offset such as
    /// `+05:30`, or `UTC`, which it is until told otherwise.
    ///
    /// # Errors
    /// If it is neither.
    pub fn set_time_zone(&mut self, zone: &str) -> Result<(), ZoneError> {
        self.zone = zone.parse()?;
        Ok(())
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// How somebody, or nobody, stands to a room; `link` is the one whose key was presented.
    pub(crate) fn standing(&self, room: &Room, person: Option<Uuid>, link: Option<Uuid>) -> Standing {
        let someone = person.and_then(|id| self.people.get(id));
        let groups = person.map(|id| self.groups_of(id)).unwrap_or_default();
        Standing::of(room, someone, &groups, link)
    }
}
