//! Exports of the indexes of rooms (docs/portal/exports.md#index-export).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::state::operations::OperationStatus;

/// Time until the worker starts an export, and time until the export ends.
const START_DELAY: TimeDelta = TimeDelta::milliseconds(100);
const RUN_TIME: TimeDelta = TimeDelta::milliseconds(500);

/// The last export of a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Export {
    started: DateTime<Utc>,
    canceled: bool,
    /// How often it was read after its end.
    reads: usize,
}

impl Export {
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        Self { started: now, canceled: false, reads: 0 }
    }

    /// Without a document service every export fails (recording rooms/index-news-order).
    pub(crate) fn status(&self, now: DateTime<Utc>) -> OperationStatus {
        match now - self.started {
            _ if self.canceled => OperationStatus::CANCELED,
            age if age > RUN_TIME => OperationStatus::FAILED,
            age if age > START_DELAY => OperationStatus::RUNNING,
            _ => OperationStatus::CREATED,
        }
    }

    pub(crate) fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.canceled || now - self.started > RUN_TIME
    }

    /// Notes that the person reads the export.
    pub(crate) fn read(&mut self, now: DateTime<Utc>) {
        self.reads += usize::from(self.has_ended(now));
    }

    /// Cancels a running export. Returns whether a portal removes one that has ended: recordings
    /// show both, and an export that was read twice was removed (recordings rooms/index-export and
    /// rooms/index-news-order).
    pub(crate) fn cancel(&mut self, now: DateTime<Utc>) -> bool {
        self.canceled |= !self.has_ended(now);
        self.reads > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canceled_exports_end_with_a_status_of_their_own() {
        let start: DateTime<Utc> = "2026-11-21T08:00:00Z".parse().expect("a date");
        let later = start + TimeDelta::seconds(2);
        let (left, mut canceled) = (Export::new(start), Export::new(start));
        assert!(!canceled.cancel(start));
        assert_eq!(left.status(start), OperationStatus::CREATED);
        assert_eq!((left.status(later), canceled.status(later)), (OperationStatus::FAILED, OperationStatus::CANCELED));
    }
}
