//! The portal: its complete state, and changes that several calls make.

mod dump;
mod groups;
mod links;
mod news;
mod operations;
mod own;
mod people;
mod quota;
mod rooms;
mod tags;
pub(crate) mod trail;
pub(crate) mod webhooks;

pub use dump::StateError;
pub(crate) use news::NewFile;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;
use crate::ids::Ids;
use crate::limits::{Limiter, Limits};
use crate::state::content::File;
use crate::state::credentials::Credentials;
use crate::state::entries::FolderType;
use crate::state::entry_links::EntryLinks;
use crate::state::exports::Export;
use crate::state::groups::{PeopleGroup, RoomGroup};
use crate::state::marks::Marks;
use crate::state::news::News;
use crate::state::operations::Operations;
use crate::state::people::{NewPerson, People, Person, Role};
use crate::state::permissions::Permissions;
use crate::state::quota::{PortalQuota, QuotaSettings};
use crate::state::rooms::{Area, Room, Rooms};
use crate::state::tags::Tags;
use crate::state::templates::Job;
use crate::state::trail::Trail;
use crate::state::upload_sessions::UploadSessions;
use crate::state::webhooks::Webhooks;
use crate::zone::{Zone, ZoneError};

/// A portal in memory, without sockets: [`Portal::handle`] turns a request into an answer.
///
/// ```
/// use docspace_mock::{NewPerson, Portal, Request, Role};
/// let mut portal = Portal::new();
/// portal.add_person(NewPerson::new("ann", Role::RoomAdmin));
/// let key = portal.key("ann").expect("ann has a key");
/// let request = Request::new("GET", "/api/2.0/people/@self")
///     .header("Authorization", &format!("Bearer {key}"));
/// assert_eq!(portal.handle(&request).status, 200);
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Portal {
    #[serde(skip)]
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) base_url: String,
    /// The zone of dates in answers. Dumps of earlier versions do not contain it.
    #[serde(default)]
    pub(crate) zone: Zone,
    /// The language of people who chose none. Dumps of earlier versions do not contain it.
    #[serde(default = "default_culture")]
    pub(crate) culture: String,
    #[serde(default)]
    pub(crate) room_quota: QuotaSettings,
    #[serde(default)]
    pub(crate) people_quota: QuotaSettings,
    #[serde(default)]
    pub(crate) agent_quota: QuotaSettings,
    #[serde(default)]
    pub(crate) quota: PortalQuota,
    pub(crate) people: People,
    pub(crate) credentials: Credentials,
    #[serde(skip)]
    pub(crate) limiter: Limiter,
    pub(crate) rooms: Rooms,
    /// Dumps of earlier versions do not contain the links of folders and files.
    #[serde(default)]
    pub(crate) entry_links: EntryLinks,
    #[serde(default)]
    pub(crate) news: News,
    #[serde(default)]
    pub(crate) marks: Marks,
    #[serde(default)]
    pub(crate) upload_sessions: UploadSessions,
    pub(crate) tags: Tags,
    pub(crate) operations: Operations,
    #[serde(rename = "template_slot")]
    pub(crate) template_job: Option<Job>,
    #[serde(rename = "room_slot")]
    pub(crate) room_job: Option<Job>,
    /// The latest uploaded pictures: the name of the file and the person who uploaded it.
    pub(crate) uploads: Vec<(String, Uuid)>,
    /// The last index export of each person.
    pub(crate) exports: HashMap<Uuid, Export>,
    pub(crate) room_groups: Vec<RoomGroup>,
    pub(crate) last_room_group: i64,
    pub(crate) people_groups: Vec<PeopleGroup>,
    /// Dumps of earlier versions do not contain them.
    #[serde(default)]
    pub(crate) webhooks: Webhooks,
    /// Dumps of earlier versions do not contain it.
    #[serde(default)]
    pub(crate) trail: Trail,
    /// When old records are removed next.
    pub(crate) next_cleaning: DateTime<Utc>,
    /// When the portal was created.
    pub(crate) founded: DateTime<Utc>,
    /// How many of the next operations the worker loses.
    pub(crate) to_be_lost: usize,
    /// The owner has deleted the portal.
    pub(crate) deleted: bool,
    /// The root folders whose entries the mock does not model. Dumps of earlier versions do not
    /// contain them.
    #[serde(default)]
    pub(crate) bare_roots: Vec<(FolderType, i64)>,
}

/// The date of the first account, which the database of every new portal contains
/// (recording settings/time-zones).
const OWNER_REGISTERED: DateTime<Utc> = DateTime::from_timestamp(1_657_238_400, 0).expect("a date");

fn default_culture() -> String {
    "en-US".into()
}

impl Default for Portal {
    fn default() -> Self {
        Self::new()
    }
}

impl Portal {
    /// Creates a portal with an owner named `owner` and a clock that stands still.
    pub fn new() -> Self {
        Self::with_clock(Clock::manual())
    }

    /// Creates a portal with an owner named `owner` and the given clock.
    pub fn with_clock(clock: Clock) -> Self {
        let owner = NewPerson {
            user_name: "administrator".into(),
            first_name: "Administrator".into(),
            last_name: String::new(),
            ..NewPerson::new("owner", Role::Owner)
        };
        Self::owned_by(owner, clock)
    }

    /// Creates a portal with the given owner and clock.
    pub fn owned_by(owner: NewPerson, clock: Clock) -> Self {
        let now = clock.now();
        let mut ids = Ids::seeded(0x0d0c_59ac);
        for area in Area::ALL {
            // The root folders have the first ids of a portal, see `Area::root`.
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
            culture: default_culture(),
            room_quota: QuotaSettings::default(),
            people_quota: QuotaSettings::default(),
            agent_quota: QuotaSettings::default(),
            quota: PortalQuota::default(),
            people: People::default(),
            credentials: Credentials::default(),
            limiter: Limiter::default(),
            rooms: Rooms::default(),
            entry_links: EntryLinks::default(),
            news: News::default(),
            marks: Marks::default(),
            upload_sessions: UploadSessions::default(),
            tags: Tags::default(),
            operations: Operations::default(),
            template_job: None,
            room_job: None,
            uploads: Vec::new(),
            exports: HashMap::new(),
            room_groups: Vec::new(),
            last_room_group: 0,
            people_groups: Vec::new(),
            webhooks: Webhooks::default(),
            trail: Trail::default(),
            next_cleaning: now,
            founded: now,
            to_be_lost: 0,
            deleted: false,
            bare_roots: Vec::new(),
        };
        let owner = portal.add_person(owner);
        if let Some(owner) = portal.people.get_mut(owner) {
            owner.registered = OWNER_REGISTERED;
        }
        portal
    }

    /// Accepts the next operations but never executes them, as a portal whose queue loses them.
    pub fn lose_operations(&mut self, count: usize) {
        self.to_be_lost = count;
    }

    /// Adds one-byte files to a room or a template without any request.
    ///
    /// It is for tests that delete or copy large rooms, which a portal does file by file. Returns
    /// false if the room does not exist.
    ///
    /// ```
    /// use docspace_mock::{Portal, Request};
    /// let mut portal = Portal::new();
    /// let key = portal.key("owner").expect("there is always an owner");
    /// let request = Request::new("POST", "/api/2.0/files/rooms")
    ///     .header("Authorization", &format!("Bearer {key}"))
    ///     .json(&serde_json::json!({"title": "Archive of 2019", "roomType": 5}));
    /// let room = portal.handle(&request).json().expect("a room");
    /// let id = room["response"]["id"].as_i64().expect("a number");
    /// assert!(portal.fill_room(id, 12_000));
    /// ```
    #[must_use = "false means that the room does not exist"]
    pub fn fill_room(&mut self, id: i64, files: usize) -> bool {
        let now = self.now();
        let Some(room) = self.rooms.get_mut(id) else { return false };
        let (parent, created_by, before) = (room.id, room.owner, room.files.len());
        for number in before + 1..=before + files {
            let title = format!("File {number}.txt");
            room.files.push(File::new(self.ids.file(), parent, title, 1, now, created_by));
        }
        true
    }

    /// Turns the rate limiter on with these limits, or off with `None`.
    pub fn set_limits(&mut self, limits: Option<Limits>) {
        self.limiter = Limiter::new(limits);
    }

    /// Sets the base URL of addresses that answers contain, such as those of links.
    pub fn set_base_url(&mut self, url: &str) {
        url.trim_end_matches('/').clone_into(&mut self.base_url);
    }

    /// Sets the time zone: an offset such as `+05:30`, or a name such as `Europe/Berlin`.
    ///
    /// The default is `UTC`.
    ///
    /// Answers contain dates in this zone. Dates in requests without an offset are in UTC.
    ///
    /// # Errors
    /// - [`ZoneError`]: the text is not a time zone.
    pub fn set_time_zone(&mut self, zone: &str) -> Result<(), ZoneError> {
        self.zone = zone.parse()?;
        Ok(())
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// What a person or an anonymous caller may do with a room. `link` is the link whose key the
    /// request contains.
    pub(crate) fn permissions(&self, room: &Room, person: Option<Uuid>, link: Option<Uuid>) -> Permissions {
        self.permissions_of(person.and_then(|id| self.people.get(id)), room, link)
    }

    /// The same for an account, or for an anonymous caller.
    pub(crate) fn permissions_of(&self, account: Option<&Person>, room: &Room, link: Option<Uuid>) -> Permissions {
        let is_in_group = |group| account.is_some_and(|person| self.is_in_group(person.id, group));
        Permissions::of(room, account, is_in_group, link)
    }
}
