//! API keys and session tokens (portal-facts 2).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Permissions a key may have, in the portal's order [R auth/keys].
pub(crate) const PERMISSIONS: [&str; 11] = [
    "*",
    "*:read",
    "*:write",
    "accounts:read",
    "accounts:write",
    "accounts.self:read",
    "accounts.self:write",
    "files:read",
    "files:write",
    "rooms:read",
    "rooms:write",
];

/// A key that a program presents.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ApiKey {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) secret: String,
    /// `None` after a change to full access; empty when made so.
    pub(crate) permissions: Option<Vec<String>>,
    pub(crate) last_used: Option<DateTime<Utc>>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) owner: Uuid,
    pub(crate) expires: Option<DateTime<Utc>>,
    pub(crate) active: bool,
    /// Made by the mock for its user; no call lists it.
    pub(crate) built_in: bool,
}

impl ApiKey {
    pub(crate) fn postfix(&self) -> &str {
        &self.secret[self.secret.len() - 4..]
    }

    pub(crate) fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.active && !self.is_expired(now)
    }

    pub(crate) fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires.is_some_and(|at| at <= now)
    }

    /// The scopes it is limited to; `None` for full access.
    pub(crate) fn limits(&self) -> Option<Vec<String>> {
        self.permissions.clone().filter(|names| !names.is_empty() && !names.iter().any(|name| name == "*"))
    }
}

/// A session of somebody who logged in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) person: Uuid,
    pub(crate) expires: Option<DateTime<Utc>>,
}

/// Attempts that were wrong, by what was tried and from where; five within a minute, then a minute's rest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Attempts {
    wrong: HashMap<String, Vec<DateTime<Utc>>>,
}

impl Attempts {
    /// Whether another try is refused for now.
    pub(crate) fn is_blocked(&self, what: &str, now: DateTime<Utc>) -> bool {
        let minute = chrono::TimeDelta::seconds(60);
        self.wrong.get(what).is_some_and(|times| times.iter().filter(|at| now - **at < minute).count() >= 5)
    }

    pub(crate) fn failed(&mut self, what: &str, now: DateTime<Utc>) {
        let minute = chrono::TimeDelta::seconds(60);
        // What was tried once and never again is forgotten too.
        self.wrong.retain(|_, times| {
            times.retain(|at| now - *at < minute);
            !times.is_empty()
        });
        self.wrong.entry(what.to_owned()).or_default().push(now);
    }

    pub(crate) fn succeeded(&mut self, what: &str) {
        self.wrong.remove(what);
    }
}

/// All keys and sessions of a portal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Credentials {
    /// Oldest first.
    pub(crate) keys: Vec<ApiKey>,
    pub(crate) sessions: HashMap<String, Session>,
    pub(crate) logins: Attempts,
    pub(crate) link_passwords: Attempts,
}

impl Credentials {
    pub(crate) fn key_by_secret(&self, secret: &str) -> Option<&ApiKey> {
        self.keys.iter().find(|key| key.secret == secret)
    }

    /// Notes that a key was presented.
    pub(crate) fn mark_used(&mut self, id: Uuid, now: DateTime<Utc>) {
        if let Some(key) = self.keys.iter_mut().find(|key| key.id == id) {
            key.last_used = Some(now);
        }
    }

    pub(crate) fn key_by_id(&mut self, id: Uuid) -> Option<&mut ApiKey> {
        self.keys.iter_mut().find(|key| key.id == id && !key.built_in)
    }
}
