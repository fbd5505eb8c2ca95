//! The portal itself: everything it remembers, and the one way in.

use crate::clock::Clock;
use crate::http::{Request, Response};
use crate::ids::Ids;
use crate::limits::{Limiter, Limits};
use crate::state::credentials::{ApiKey, Credentials, Session};
use crate::state::groups::{PeopleGroup, RoomGroup};
use crate::state::operations::Operations;
use crate::state::people::{NewPerson, People, Person, Role};
use crate::state::rights::Standing;
use crate::state::rooms::{Area, Room, Rooms};
use crate::state::tags::Tags;
use crate::state::templates::Slot;
use crate::view::employee::GroupSummary;
use crate::{auth, pipeline, work};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::time::Duration;
use uuid::Uuid;

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
#[derive(Clone, Debug)]
pub struct Portal {
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) base_url: String,
    pub(crate) people: People,
    pub(crate) credentials: Credentials,
    pub(crate) limiter: Limiter,
    pub(crate) rooms: Rooms,
    pub(crate) tags: Tags,
    pub(crate) operations: Operations,
    pub(crate) template_slot: Option<Slot>,
    pub(crate) room_slot: Option<Slot>,
    /// Pictures that were uploaded and are not yet used: file name and who sent it.
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
        };
        let owner = NewPerson {
            user_name: "administrator".into(),
            first_name: "Administrator".into(),
            last_name: String::new(),
            ..NewPerson::new("owner", Role::Owner)
        };
        portal.add_person(owner);
        portal
    }

    /// Answers one request; a stepping clock makes its step first.
    pub fn handle(&mut self, request: &Request) -> Response {
        self.clock.tick();
        work::catch_up(self);
        pipeline::answer(self, request)
    }

    /// Moves the portal's clock; what was due meanwhile has happened afterwards.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
        work::catch_up(self);
    }

    /// Switches the rate limiter on with these limits, or off.
    pub fn set_limits(&mut self, limits: Option<Limits>) {
        self.limiter = Limiter::new(limits);
    }

    /// Who a request counts for in the rate limiter: the person, else the address.
    pub fn partition(&mut self, request: &Request) -> String {
        let caller = auth::authenticate(self, request).unwrap_or_default();
        caller.person.map_or_else(|| request.remote.clone(), |id| id.to_string())
    }

    /// The address that links to this portal start with.
    pub fn set_base_url(&mut self, url: &str) {
        url.trim_end_matches('/').clone_into(&mut self.base_url);
    }

    /// Adds an account, with a key and a session token of its own. Answers its id.
    pub fn add_person(&mut self, new: NewPerson) -> Uuid {
        let id = self.ids.guid();
        let owner = self.people.all().first().map(|person| person.id);
        let now = self.now();
        let person = Person {
            id,
            name: Some(new.name).filter(|name| !name.is_empty()),
            first_name: new.first_name,
            last_name: new.last_name,
            user_name: new.user_name,
            email: new.email,
            password: new.password,
            role: if owner.is_none() { Role::Owner } else { new.role },
            status: 1,
            activation: if owner.is_none() { 0 } else { 2 },
            culture: None,
            registered: now,
            created_by: owner,
            avatar_hash: self.ids.hash(),
            order: None,
        };
        self.people.add(person);
        let key = ApiKey {
            id: self.ids.guid(),
            name: "mock".into(),
            secret: self.ids.api_key(),
            permissions: Some(Vec::new()),
            last_used: None,
            created: now,
            owner: id,
            expires: None,
            active: true,
            built_in: true,
        };
        self.credentials.keys.push(key);
        let token = self.ids.token();
        self.credentials.sessions.insert(token, Session { person: id, expires: None });
        id
    }

    /// Somebody by the short name they were added under.
    fn named(&self, name: &str) -> Option<&Person> {
        self.people.all().iter().find(|person| person.name.as_deref() == Some(name))
    }

    /// Somebody's id.
    pub fn person_id(&self, name: &str) -> Option<Uuid> {
        Some(self.named(name)?.id)
    }

    /// Somebody's e-mail address.
    pub fn email(&self, name: &str) -> Option<String> {
        Some(self.named(name)?.email.clone())
    }

    /// Somebody's password.
    pub fn password(&self, name: &str) -> Option<String> {
        Some(self.named(name)?.password.clone())
    }

    /// Somebody's API key with full access.
    pub fn key(&self, name: &str) -> Option<String> {
        let id = self.named(name)?.id;
        self.credentials.keys.iter().find(|key| key.owner == id && key.built_in).map(|key| key.secret.clone())
    }

    /// A session token of somebody's; the same one until the session ends.
    pub fn token(&self, name: &str) -> Option<String> {
        let id = self.named(name)?.id;
        let mine = self.credentials.sessions.iter().filter(|(_, session)| session.person == id);
        mine.map(|(token, _)| token).min().cloned()
    }

    /// The names of all people who were added by name, the owner first.
    pub fn names(&self) -> Vec<(String, Role)> {
        self.people.all().iter().filter_map(|person| Some((person.name.clone()?, person.role))).collect()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Groups of people that somebody is in; everybody is in Everyone.
    pub(crate) fn groups_of(&self, person: Uuid) -> Vec<Uuid> {
        let mine = self.people_groups.iter().filter(|group| group.members.contains(&person)).map(|group| group.id);
        mine.chain([EVERYONE]).collect()
    }

    pub(crate) fn is_group(&self, id: Uuid) -> bool {
        id == EVERYONE || self.people_groups.iter().any(|group| group.id == id)
    }

    pub(crate) fn group_name(&self, id: Uuid) -> String {
        if id == EVERYONE {
            return "Everyone".into();
        }
        self.people_groups.iter().find(|group| group.id == id).map(|group| group.name.clone()).unwrap_or_default()
    }

    /// The groups of people that somebody is in, Everyone apart.
    pub(crate) fn groups_with(&self, person: Uuid) -> impl Iterator<Item = &PeopleGroup> {
        self.people_groups.iter().filter(move |group| group.members.contains(&person))
    }

    /// The names of somebody's groups, as `department` tells them.
    pub(crate) fn departments(&self, person: Uuid) -> String {
        self.groups_with(person).map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// A group as answers name it.
    pub(crate) fn group_summary(&self, id: Uuid) -> GroupSummary {
        let group = self.people_groups.iter().find(|group| group.id == id);
        let manager = group.and_then(|group| self.people.get(group.manager?)).map(|person| person.user_name.clone());
        GroupSummary { id, name: self.group_name(id), manager, is_system: (id == EVERYONE).then_some(true) }
    }

    /// Somebody who is invited by an address that nobody has becomes a guest [R members/share].
    pub(crate) fn invite(&mut self, email: &str, by: Uuid, culture: Option<&str>) -> Uuid {
        let name = email.split('@').next().unwrap_or(email);
        let new = NewPerson {
            name: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            email: email.into(),
            ..NewPerson::new(name, Role::Guest)
        };
        let id = self.add_person(new);
        if let Some(person) = self.people.get_mut(id) {
            person.status = 4;
            person.created_by = Some(by);
            person.culture = culture.map(str::to_owned);
        }
        id
    }

    /// How somebody, or nobody, stands to a room; `link` is the one whose key was presented.
    pub(crate) fn standing(&self, room: &Room, person: Option<Uuid>, link: Option<Uuid>) -> Standing {
        let someone = person.and_then(|id| self.people.get(id));
        let groups = person.map(|id| self.groups_of(id)).unwrap_or_default();
        Standing::of(room, someone, &groups, link)
    }
}

/// The group that everybody is in [R templates/lifecycle].
pub(crate) const EVERYONE: Uuid = Uuid::from_u128(0xc5cc_67d1_c3e8_43c0_a3ad_3928_ae3e_5b5e);

/// The id of nobody, shown as "profile removed" [R rooms/list].
pub(crate) const NOBODY: Uuid = Uuid::from_u128(0x4a51_5a15_d4d6_4b8e_828e_e058_6f18_f3a3);
