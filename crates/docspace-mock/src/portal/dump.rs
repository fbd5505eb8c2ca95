//! The complete state of a portal as JSON, for state files and resets.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::portal::Portal;

/// The error of a state that is not a dump of a portal.
#[derive(Debug)]
pub struct StateError(serde_json::Error);

impl fmt::Display for StateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the JSON is not a dumped state of a mock portal: {}", self.0)
    }
}

impl std::error::Error for StateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The version of the format, so that later versions can recognize it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Dump<'a> {
    version: u32,
    now: DateTime<Utc>,
    portal: &'a Portal,
}

#[derive(Deserialize)]
struct Loaded {
    now: DateTime<Utc>,
    portal: Portal,
}

impl Portal {
    /// Returns the complete state of the portal as JSON.
    ///
    /// The state contains the keys and passwords of its people, which are made up.
    pub fn dump(&self) -> Value {
        let dump = Dump { version: VERSION, now: self.now(), portal: self };
        serde_json::to_value(dump).expect("the state is plain data with string keys")
    }

    /// Replaces the state with a dumped one.
    ///
    /// A manual or stepping clock continues from the time of the dump. The base URL, the rate
    /// limits and the settings for receivers of webhooks do not change. Deliveries of webhooks that
    /// wait are lost, as when a portal stops.
    ///
    /// # Errors
    /// - [`StateError`]: `state` is not a dump of a portal. The portal does not change.
    pub fn load(&mut self, state: Value) -> Result<(), StateError> {
        let loaded: Loaded = serde_json::from_value(state).map_err(StateError)?;
        let mut clock = self.clock.clone();
        clock.set(loaded.now);
        let base_url = std::mem::take(&mut self.base_url);
        let limiter = std::mem::take(&mut self.limiter);
        let (blacklist, trust) = (std::mem::take(&mut self.webhooks.blacklist), self.webhooks.trust);
        *self = Self { clock, base_url, limiter, ..loaded.portal };
        self.webhooks.blacklist = blacklist;
        self.webhooks.trust = trust;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Request, Role, state::people::NewPerson};
    use serde_json::json;

    #[test]
    fn loaded_portal_continues_where_the_dump_ended() {
        let mut portal = Portal::new();
        portal.add_person(NewPerson::new("ann", Role::RoomAdmin));
        let bearer = format!("Bearer {}", portal.key("ann").expect("a key"));
        let create = Request::new("POST", "/api/2.0/files/rooms").header("Authorization", &bearer);
        let made = portal.handle(&create.json(&json!({"title": "x", "roomType": 6, "tags": ["t"]})));
        assert_eq!(made.status, 200);
        let text = portal.dump().to_string();
        let mut other = Portal::new();
        other.load(serde_json::from_str(&text).expect("JSON")).expect("a dump");
        let list = Request::new("GET", "/api/2.0/files/rooms").header("Authorization", &bearer);
        assert_eq!(
            portal.handle(&list).json().map(|body| body["response"].clone()),
            other.handle(&list).json().map(|body| body["response"].clone())
        );
        assert_eq!(portal.dump()["portal"]["ids"], other.dump()["portal"]["ids"]);
        assert!(other.load(json!({"nothing": 1})).is_err());
    }
}
