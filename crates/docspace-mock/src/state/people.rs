//! The people of a portal: what they are called, what they may do, which language they read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The languages the mock speaks; every other culture reads English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub(crate) fn of_culture(culture: Option<&str>) -> Self {
        match culture {
            Some(name) if name == "de" || name.starts_with("de-") => Self::German,
            _ => Self::English,
        }
    }
}

/// What somebody is on a portal; exactly one of these (portal-facts 2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Owns the portal. There is one.
    Owner,
    /// Administers the portal.
    DocSpaceAdmin,
    /// Makes and manages rooms.
    RoomAdmin,
    /// Works in rooms.
    User,
    /// Comes from outside, to single rooms.
    Guest,
}

impl Role {
    /// Owner and admins see every room and manage the portal.
    pub(crate) fn is_admin(self) -> bool {
        matches!(self, Self::Owner | Self::DocSpaceAdmin)
    }

    /// Who may make and manage rooms.
    pub(crate) fn manages_rooms(self) -> bool {
        self.is_admin() || self == Self::RoomAdmin
    }
}

/// Somebody with an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Person {
    pub(crate) id: Uuid,
    /// What a test calls them; nothing for accounts made over HTTP.
    pub(crate) name: Option<String>,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) user_name: String,
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) role: Role,
    /// EmployeeStatus: 1 active, 2 disabled, 4 invited.
    pub(crate) status: i64,
    /// EmployeeActivationStatus: 0 not activated, 2 pending.
    pub(crate) activation: i64,
    pub(crate) culture: Option<String>,
    pub(crate) registered: DateTime<Utc>,
    pub(crate) created_by: Option<Uuid>,
    pub(crate) avatar_hash: u32,
    /// The order of rooms that this person used last (portal-facts 9).
    pub(crate) order: Option<(String, bool)>,
}

impl Person {
    pub(crate) fn display_name(&self) -> String {
        let name = format!("{} {}", self.first_name, self.last_name).trim().to_owned();
        if name.is_empty() { self.email.clone() } else { name }
    }

    pub(crate) fn language(&self) -> Language {
        Language::of_culture(self.culture.as_deref())
    }

    pub(crate) fn is_active(&self) -> bool {
        self.status != 2
    }
}

/// What is needed to make somebody.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The short name a test calls them by; also the start of their e-mail address.
    pub name: String,
    /// The user name that profiles show.
    pub user_name: String,
    /// First name as shown.
    pub first_name: String,
    /// Last name as shown; may be empty.
    pub last_name: String,
    /// E-mail address, which is also the login.
    pub email: String,
    /// The password for logging in.
    pub password: String,
    /// What they are.
    pub role: Role,
}

impl NewPerson {
    /// Somebody with a name and a role; the rest follows from the name.
    pub fn new(name: &str, role: Role) -> Self {
        let mut letters = name.chars();
        let first: String =
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        Self {
            name: name.into(),
            user_name: name.into(),
            first_name: first,
            last_name: "Tester".into(),
            email: format!("{name}@example.com"),
            password: "Passw0rd11".into(),
            role,
        }
    }
}

/// All accounts of a portal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct People {
    all: Vec<Person>,
}

impl People {
    pub(crate) fn add(&mut self, person: Person) {
        self.all.push(person);
    }

    pub(crate) fn get(&self, id: Uuid) -> Option<&Person> {
        self.all.iter().find(|person| person.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: Uuid) -> Option<&mut Person> {
        self.all.iter_mut().find(|person| person.id == id)
    }

    pub(crate) fn by_email(&self, email: &str) -> Option<&Person> {
        self.all.iter().find(|person| person.email.eq_ignore_ascii_case(email))
    }

    pub(crate) fn all(&self) -> &[Person] {
        &self.all
    }

    /// The portal's owner: always the first.
    pub(crate) fn owner(&self) -> Uuid {
        self.all.first().map(|person| person.id).unwrap_or_default()
    }
}

/// The id of nobody, shown as "profile removed" [R rooms/list].
pub(crate) const NOBODY: Uuid = Uuid::from_u128(0x4a51_5a15_d4d6_4b8e_828e_e058_6f18_f3a3);

/// Whether a text is an address: one `@`, neither first nor last. A portal's annotation asks no more.
pub(crate) fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty() && !domain.contains('@'))
}
