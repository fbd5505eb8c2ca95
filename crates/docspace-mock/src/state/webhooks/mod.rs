//! The webhooks of a portal, their delivery log, and what waits to be sent
//! (docs/portal/webhooks.md).

pub(crate) mod address;
pub(crate) mod log;
pub(crate) mod sender;
pub(crate) mod trigger;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use address::Blacklist;
use log::{HookAtEvent, LogEntry};
use sender::Sender;
use trigger::{Trigger, Triggers};

/// Maximum number of log entries. The oldest ones are removed, so that a mock that runs for a long
/// time does not fill the memory.
const MAX_LOG: usize = 10_000;

/// The id of the first log entry. A test that takes the id of a webhook for that of an entry fails.
const FIRST_ENTRY: i64 = 1_001;

/// A text as the portal's database stores it in the tables of webhooks, which do not hold emoji
/// (recording webhooks/manage-create, step 22).
pub(crate) fn stored_text(text: &str) -> String {
    text.chars().map(|letter| if letter.len_utf16() == 2 { '?' } else { letter }).collect()
}

/// A webhook.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// The address as it was sent.
    pub(crate) uri: String,
    pub(crate) secret: String,
    pub(crate) enabled: bool,
    pub(crate) ssl: bool,
    pub(crate) triggers: Triggers,
    pub(crate) target: Option<String>,
    pub(crate) created_by: Uuid,
    pub(crate) created: DateTime<Utc>,
    pub(crate) modified_by: Option<Uuid>,
    pub(crate) modified: Option<DateTime<Utc>>,
    pub(crate) last_success: Option<DateTime<Utc>>,
    /// When the last attempt of a delivery failed, and the text about it.
    pub(crate) last_failure: Option<(DateTime<Utc>, String)>,
}

impl Webhook {
    /// Whether the webhook is called for an event about the entity with this id. It says nothing
    /// about the rights of its creator.
    pub(crate) fn asks_for(&self, trigger: Trigger, entity: &str) -> bool {
        self.enabled && self.triggers.contains(trigger) && self.target().is_none_or(|target| target == entity)
    }

    fn target(&self) -> Option<&str> {
        self.target.as_deref().filter(|target| !target.is_empty())
    }

    pub(crate) fn at_event(&self) -> HookAtEvent {
        HookAtEvent {
            id: self.id,
            name: self.name.clone(),
            uri: self.uri.clone(),
            triggers: self.triggers,
            is_for_target: self.target().is_some(),
        }
    }

    /// Sets the date of the last change, which a delivery changes too. The person who made the
    /// first change stays (recording webhooks/manage-roles, step 46).
    pub(crate) fn touch(&mut self, now: DateTime<Utc>, by: Uuid) {
        self.modified = Some(now);
        self.modified_by.get_or_insert(by);
    }
}

/// All webhooks of a portal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Webhooks {
    pub(crate) all: Vec<Webhook>,
    /// The delivery log, oldest first.
    pub(crate) log: Vec<LogEntry>,
    last_id: i64,
    last_entry: i64,
    /// Room admins and users may not manage webhooks (`limitedAccessForUsers`).
    pub(crate) limited: bool,
    /// When `limited` was last set.
    pub(crate) limited_on: Option<DateTime<Utc>>,
    #[serde(skip)]
    pub(crate) sender: Sender,
    #[serde(skip)]
    pub(crate) blacklist: Blacklist,
    /// A webhook whose deliveries have failed for longer than this is switched off
    /// (`webhooks:trustedDaysCount`).
    #[serde(skip, default = "trust")]
    pub(crate) trust: TimeDelta,
}

fn trust() -> TimeDelta {
    TimeDelta::days(3)
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            log: Vec::new(),
            last_id: 0,
            last_entry: FIRST_ENTRY - 1,
            limited: false,
            limited_on: None,
            sender: Sender::default(),
            blacklist: Blacklist::default(),
            trust: trust(),
        }
    }
}

impl Webhooks {
    pub(crate) fn get(&self, id: i64) -> Option<&Webhook> {
        self.all.iter().find(|hook| hook.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Webhook> {
        self.all.iter_mut().find(|hook| hook.id == id)
    }

    pub(crate) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    pub(crate) fn next_entry(&mut self) -> i64 {
        self.last_entry += 1;
        self.last_entry
    }

    /// Removes a webhook with its log entries.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Webhook> {
        let at = self.all.iter().position(|hook| hook.id == id)?;
        self.log.retain(|entry| entry.hook.id != id);
        Some(self.all.remove(at))
    }

    /// Adds an entry to the log, and sends it.
    pub(crate) fn send(&mut self, entry: LogEntry) {
        self.sender.add(entry.id);
        if self.log.len() >= MAX_LOG {
            self.log.remove(0);
        }
        self.log.push(entry);
    }

    pub(crate) fn entry(&self, id: i64) -> Option<&LogEntry> {
        self.log.iter().find(|entry| entry.id == id)
    }

    pub(crate) fn entry_mut(&mut self, id: i64) -> Option<&mut LogEntry> {
        self.log.iter_mut().find(|entry| entry.id == id)
    }

    /// The field `status` in the list of webhooks: the status of the entry with the latest
    /// delivery. Entries that were not delivered come after all others.
    pub(crate) fn last_status(&self, id: i64) -> u16 {
        let entries = self.log.iter().filter(|entry| entry.hook.id == id);
        entries.max_by_key(|entry| (entry.delivered, std::cmp::Reverse(entry.id))).map_or(0, |entry| entry.status)
    }
}
