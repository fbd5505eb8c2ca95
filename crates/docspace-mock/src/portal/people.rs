//! Adding people with keys and tokens, and finding them by the names that tests use.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::credentials::{ApiKey, Session};
use crate::state::people::{ActivationStatus, NewPerson, Person, PersonStatus, Role};

impl Portal {
    /// Adds a person with an API key and a session token, and returns the person's id.
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
            status: PersonStatus::ACTIVE,
            activation: if owner.is_none() { ActivationStatus::NOT_ACTIVATED } else { ActivationStatus::PENDING },
            culture: None,
            registered: now,
            created_by: owner,
            avatar_hash: self.ids.hash(),
            order: None,
            quota: None,
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
        self.credentials.sessions.insert(token, Session { person: id, login: None, expires: None });
        id
    }

    /// Deletes a person with the person's keys, sessions and memberships.
    pub(crate) fn remove_person(&mut self, id: Uuid) {
        self.people.remove(id);
        self.credentials.keys.retain(|key| key.owner != id);
        self.credentials.end_sessions(id, None);
        for group in &mut self.people_groups {
            group.members.retain(|member| *member != id);
        }
        for room in self.rooms.iter_mut() {
            room.members.retain(|member| member.subject != id);
        }
    }

    /// The person who was added under this short name.
    fn person_named(&self, name: &str) -> Option<&Person> {
        self.people.all().iter().find(|person| person.name.as_deref() == Some(name))
    }

    /// Returns the id of a person, or `None` if there is no person of this name.
    pub fn person_id(&self, name: &str) -> Option<Uuid> {
        Some(self.person_named(name)?.id)
    }

    /// Returns the e-mail address of a person, or `None` if there is no person of this name.
    pub fn email(&self, name: &str) -> Option<String> {
        Some(self.person_named(name)?.email.clone())
    }

    /// Returns the password of a person, or `None` if there is no person of this name.
    pub fn password(&self, name: &str) -> Option<String> {
        Some(self.person_named(name)?.password.clone())
    }

    /// Returns the API key of a person, or `None` if there is no person of this name.
    ///
    /// The key has full access.
    pub fn key(&self, name: &str) -> Option<String> {
        let id = self.person_named(name)?.id;
        self.credentials.keys.iter().find(|key| key.owner == id && key.built_in).map(|key| key.secret.clone())
    }

    /// Returns a session token of a person, or `None` if the person has no session.
    ///
    /// Repeated calls return the same token until its session ends or another one starts.
    pub fn token(&self, name: &str) -> Option<String> {
        let id = self.person_named(name)?.id;
        let mine = self.credentials.sessions.iter().filter(|(_, session)| session.person == id);
        mine.map(|(token, _)| token).min().cloned()
    }

    /// Returns the names and roles of all people who were added by name, the owner first.
    pub fn names(&self) -> Vec<(String, Role)> {
        self.people.all().iter().filter_map(|person| Some((person.name.clone()?, person.role))).collect()
    }

    /// Adds a guest for an invited address that no person has (recording members/share).
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
            person.status = PersonStatus::PENDING;
            person.created_by = Some(by);
            person.culture = culture.map(str::to_owned);
        }
        id
    }
}
