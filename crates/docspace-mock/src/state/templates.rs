//! Making templates from rooms and rooms from templates: one slot per portal for each (portal-facts 8.2).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::room_settings::{Lifetime, Watermark};

/// Until the worker takes an order.
const START: TimeDelta = TimeDelta::milliseconds(20);

/// What shall be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) by: Uuid,
    pub(crate) source: i64,
    pub(crate) title: Option<String>,
    pub(crate) copy_logo: bool,
    pub(crate) logo: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) color: Option<String>,
    pub(crate) cover: Option<String>,
    pub(crate) quota: Option<i64>,
    pub(crate) share: Vec<String>,
    pub(crate) groups: Vec<Uuid>,
    pub(crate) public: bool,
    pub(crate) indexing: Option<bool>,
    pub(crate) deny_download: Option<bool>,
    pub(crate) private: Option<bool>,
    pub(crate) lifetime: Option<Lifetime>,
    pub(crate) watermark: Option<Watermark>,
}

/// Where a slot's work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Step {
    /// Nothing exists yet.
    Waiting,
    /// The folder exists; this many files are copied.
    Copying(usize),
    Completed,
}

/// The work in a slot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Slot {
    pub(crate) order: Order,
    pub(crate) made: i64,
    pub(crate) progress: f64,
    pub(crate) error: String,
    pub(crate) step: Step,
    pub(crate) due: DateTime<Utc>,
    pub(crate) changed: DateTime<Utc>,
}

impl Slot {
    pub(crate) fn new(order: Order, now: DateTime<Utc>) -> Self {
        let due = now + START;
        Self { order, made: -1, progress: 0.0, error: String::new(), step: Step::Waiting, due, changed: now }
    }

    pub(crate) fn is_completed(&self) -> bool {
        self.step == Step::Completed
    }
}
