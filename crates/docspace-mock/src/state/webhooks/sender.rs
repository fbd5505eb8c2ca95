//! When deliveries are sent (docs/portal/webhooks.md#order-and-delay,
//! docs/portal/webhooks.md#retries).
//!
//! A portal loses what waits here when its server stops, so dumps do not contain it.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

/// Number of deliveries that are sent at the same time (`webhooks:threadCount`).
const BATCH: usize = 10;

/// Number of automatic retries (`webhooks:repeatcount`).
const RETRIES: u32 = 5;

/// One delivery of the current batch.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// The id of the log entry.
    pub(crate) entry: i64,
    /// Number of retries so far, the current one included.
    pub(crate) retries: u32,
    pub(crate) due: DateTime<Utc>,
    /// Whether the request was sent and has no outcome yet.
    pub(crate) in_flight: bool,
    /// When the last try was sent.
    pub(crate) sent: DateTime<Utc>,
    /// Why the try before failed.
    pub(crate) failure: Option<(DateTime<Utc>, String)>,
}

impl Attempt {
    /// Plans the next try after a failure. Returns false after the last retry. The pauses are 1, 2,
    /// 4, 8 and 16 seconds.
    pub(crate) fn retry(&mut self, failure: String, now: DateTime<Utc>) -> bool {
        self.in_flight = false;
        self.failure = Some((self.sent, failure));
        self.due = now + TimeDelta::seconds(1 << self.retries);
        self.retries += 1;
        self.retries <= RETRIES
    }
}

/// The deliveries that wait, and those of the current batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sender {
    queue: VecDeque<i64>,
    pub(crate) batch: Vec<Attempt>,
    /// The cookies of each host, which the portal returns to all its receivers.
    pub(crate) cookies: BTreeMap<String, Vec<(String, String)>>,
}

impl Sender {
    pub(crate) fn add(&mut self, entry: i64) {
        self.queue.push_back(entry);
    }

    /// Starts the next batch, if all deliveries of the last one have ended. Returns the ids of the
    /// deliveries that are due.
    pub(crate) fn due(&mut self, now: DateTime<Utc>) -> Vec<i64> {
        if self.batch.is_empty() {
            let count = self.queue.len().min(BATCH);
            let new = |entry| Attempt { entry, retries: 0, due: now, in_flight: false, sent: now, failure: None };
            self.batch = self.queue.drain(..count).map(new).collect();
        }
        let due = self.batch.iter().filter(|attempt| !attempt.in_flight && attempt.due <= now);
        due.map(|attempt| attempt.entry).collect()
    }

    /// When the next delivery is due: at once if a batch can start.
    pub(crate) fn next_due(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.batch.is_empty() {
            return (!self.queue.is_empty()).then_some(now);
        }
        self.batch.iter().filter(|attempt| !attempt.in_flight).map(|attempt| attempt.due).min()
    }

    pub(crate) fn attempt(&mut self, entry: i64) -> Option<&mut Attempt> {
        self.batch.iter_mut().find(|attempt| attempt.entry == entry)
    }

    /// Ends a delivery of the batch.
    pub(crate) fn end(&mut self, entry: i64) {
        self.batch.retain(|attempt| attempt.entry != entry);
    }

    /// Number of deliveries that have not ended.
    pub(crate) fn len(&self) -> usize {
        self.queue.len() + self.batch.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_batch_waits_for_all_deliveries_of_the_one_before() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let mut sender = Sender::default();
        (1..=12).for_each(|entry| sender.add(entry));
        assert_eq!(sender.due(now), (1..=10).collect::<Vec<_>>());
        (2..=10).for_each(|entry| sender.end(entry));
        let first = sender.attempt(1).expect("the first delivery");
        for pause in [1, 2, 4, 8, 16] {
            assert!(first.retry("x".into(), now));
            assert_eq!(first.due, now + TimeDelta::seconds(pause));
        }
        assert!(!first.retry("x".into(), now), "there are five retries");
        assert_eq!(sender.due(now), [0; 0]);
        sender.end(1);
        assert_eq!(sender.due(now), [11, 12]);
    }
}
