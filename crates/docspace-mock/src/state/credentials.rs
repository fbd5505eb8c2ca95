//! API keys and session tokens (docs/portal/credentials.md#types-of-credentials).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The permissions that a key may have, in the portal's order (recording auth/keys).
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

/// An API key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ApiKey {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) secret: String,
    /// `None` if the key was changed to full access; empty if it was created with full access.
    pub(crate) permissions: Option<Vec<String>>,
    pub(crate) last_used: Option<DateTime<Utc>>,
    pub(crate) created: DateTime<Utc>,
    pub(crate) owner: Uuid,
    pub(crate) expires: Option<DateTime<Utc>>,
    pub(crate) active: bool,
    /// The mock created the key for its user. No call lists it.
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

    /// The scopes that limit the key, or `None` for full access.
    pub(crate) fn limits(&self) -> Option<Vec<String>> {
        self.permissions.clone().filter(|names| !names.is_empty() && !names.iter().any(|name| name == "*"))
    }
}

/// The session of a person who logged in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) person: Uuid,
    /// The login that started the session, or `None` for a session that the mock created.
    #[serde(default)]
    pub(crate) login: Option<LogIn>,
    pub(crate) expires: Option<DateTime<Utc>>,
}

/// A login.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LogIn {
    pub(crate) id: i64,
    pub(crate) at: DateTime<Utc>,
    /// The address of the client.
    pub(crate) remote: String,
}

/// Number of wrong attempts within [`ATTEMPT_WINDOW`] that block further ones.
const MAX_ATTEMPTS: usize = 5;

/// How long a wrong attempt counts.
const ATTEMPT_WINDOW: TimeDelta = TimeDelta::seconds(60);

/// Wrong attempts, by what was tried and the address of the client. Five within a minute block
/// further attempts until one of them is a minute old
/// (docs/portal/limits.md#throttles-without-a-429).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Attempts {
    wrong: HashMap<String, Vec<DateTime<Utc>>>,
}

impl Attempts {
    /// Whether another attempt is refused now.
    pub(crate) fn is_blocked(&self, what: &str, now: DateTime<Utc>) -> bool {
        self.wrong
            .get(what)
            .is_some_and(|times| times.iter().filter(|at| now - **at < ATTEMPT_WINDOW).count() >= MAX_ATTEMPTS)
    }

    pub(crate) fn failed(&mut self, what: &str, now: DateTime<Utc>) {
        // Removes the entries that have no attempts left in the window.
        self.wrong.retain(|_, times| {
            times.retain(|at| now - *at < ATTEMPT_WINDOW);
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
    /// The id of the last login.
    #[serde(default)]
    pub(crate) last_login: i64,
}

impl Credentials {
    pub(crate) fn key_by_secret(&self, secret: &str) -> Option<&ApiKey> {
        self.keys.iter().find(|key| key.secret == secret)
    }

    /// Ends the sessions of a person, except the one with this token.
    pub(crate) fn end_sessions(&mut self, person: Uuid, kept: Option<&str>) {
        self.sessions.retain(|token, session| session.person != person || Some(token.as_str()) == kept);
    }

    /// Records that a key was used.
    pub(crate) fn mark_used(&mut self, id: Uuid, now: DateTime<Utc>) {
        if let Some(key) = self.keys.iter_mut().find(|key| key.id == id) {
            key.last_used = Some(now);
        }
    }

    pub(crate) fn key_by_id(&mut self, id: Uuid) -> Option<&mut ApiKey> {
        self.keys.iter_mut().find(|key| key.id == id && !key.built_in)
    }
}
