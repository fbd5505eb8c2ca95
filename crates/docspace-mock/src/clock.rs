//! The portal's clock: whoever owns the mock moves it, so that tests never sleep.
//!
//! ```
//! use docspace_mock::Clock;
//! use std::time::Duration;
//! let mut clock = Clock::manual();
//! clock.advance(Duration::from_secs(60));
//! ```

use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

/// Where the portal's time comes from.
#[derive(Clone, Debug)]
pub struct Clock {
    pace: Pace,
    now: DateTime<Utc>,
    /// How far a real clock was moved ahead by its owner.
    ahead: TimeDelta,
}

#[derive(Clone, Copy, Debug)]
enum Pace {
    Manual,
    Stepping(TimeDelta),
    Real,
}

/// The instant at which every clock but the real one starts unless told otherwise: the same in every run.
const START: &str = "2026-11-21T08:00:00Z";

impl Default for Clock {
    fn default() -> Self {
        Self::manual()
    }
}

impl Clock {
    /// Stands still until it is moved.
    pub fn manual() -> Self {
        Self { pace: Pace::Manual, now: START.parse().expect("a fixed date"), ahead: TimeDelta::zero() }
    }

    /// Moves by itself by `step` at every request, so that a client that polls sees time pass.
    pub fn stepping(step: Duration) -> Self {
        Self { pace: Pace::Stepping(delta(step)), ..Self::manual() }
    }

    /// Starts at this time. A real clock keeps the computer's.
    #[must_use]
    pub fn starting(mut self, at: SystemTime) -> Self {
        self.set(at.into());
        self
    }

    /// The computer's own clock.
    pub fn real() -> Self {
        Self { pace: Pace::Real, now: Utc::now(), ..Self::manual() }
    }

    /// Moves the clock ahead, a real one too.
    pub fn advance(&mut self, by: Duration) {
        self.now += delta(by);
        self.ahead += delta(by);
    }

    /// Goes on from this time.
    pub(crate) fn set(&mut self, now: DateTime<Utc>) {
        if !matches!(self.pace, Pace::Real) {
            self.now = now;
        }
    }

    /// The time as of the last request or move.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The time that a request reads which is executed now: a stepping clock's next step, or the
    /// computer's time.
    pub(crate) fn next(&self) -> DateTime<Utc> {
        match self.pace {
            Pace::Manual => self.now,
            Pace::Stepping(step) => self.now + step,
            // A computer's clock may be set back; the portal's time never runs backwards.
            Pace::Real => self.now.max(Utc::now() + self.ahead),
        }
    }

    /// A request is executed: moves on to its time.
    pub(crate) fn tick(&mut self) {
        self.now = self.next();
    }
}

/// A duration as chrono counts it; absurdly long ones become a thousand years.
fn delta(duration: Duration) -> TimeDelta {
    let longest = TimeDelta::days(365_000);
    TimeDelta::from_std(duration).unwrap_or(longest).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stepping_clock_moves_at_every_request() {
        let mut clock = Clock::stepping(Duration::from_millis(50));
        let start = clock.now();
        assert_eq!(clock.next() - start, TimeDelta::milliseconds(50));
        assert_eq!(clock.now(), start, "reading the next time does not move the clock");
        clock.tick();
        clock.tick();
        assert_eq!(clock.now() - start, TimeDelta::milliseconds(100));
    }

    #[test]
    fn a_clock_starts_where_it_is_told() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
        assert_eq!(Clock::manual().starting(at).now().to_rfc3339(), "1970-01-02T00:00:00+00:00");
    }

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let mut clock = Clock::manual();
        let start = clock.now();
        clock.tick();
        assert_eq!(clock.now(), start);
        clock.advance(Duration::from_secs(2));
        assert_eq!(clock.now() - start, TimeDelta::seconds(2));
    }
}
