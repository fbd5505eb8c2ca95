//! The portal's clock. Tests move it ahead instead of sleeping.
//!
//! ```
//! use docspace_mock::Clock;
//! use std::time::Duration;
//! let mut clock = Clock::manual();
//! clock.advance(Duration::from_secs(60));
//! ```

use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

/// The source of the portal's time.
#[derive(Clone, Debug)]
pub struct Clock {
    mode: Mode,
    now: DateTime<Utc>,
    /// How far a real clock was advanced.
    ahead: TimeDelta,
}

#[derive(Clone, Copy, Debug)]
enum Mode {
    Manual,
    Stepping(TimeDelta),
    Real,
}

/// The default start of manual and stepping clocks, so that every run has the same dates.
const START: &str = "2026-11-21T08:00:00Z";

impl Default for Clock {
    fn default() -> Self {
        Self::manual()
    }
}

impl Clock {
    /// A clock that stands still until it is advanced.
    pub fn manual() -> Self {
        Self { mode: Mode::Manual, now: START.parse().expect("a fixed date"), ahead: TimeDelta::zero() }
    }

    /// A clock that moves by `step` at each request, so that a client that polls sees time pass.
    pub fn stepping(step: Duration) -> Self {
        Self { mode: Mode::Stepping(delta(step)), ..Self::manual() }
    }

    /// Sets the time at which the clock starts. It has no effect on a real clock.
    #[must_use]
    pub fn starting(mut self, at: SystemTime) -> Self {
        self.set(at.into());
        self
    }

    /// A clock that follows the computer's clock.
    pub fn real() -> Self {
        Self { mode: Mode::Real, now: Utc::now(), ..Self::manual() }
    }

    /// Moves the clock ahead. A real clock then runs ahead of the computer's clock.
    pub fn advance(&mut self, by: Duration) {
        self.now += delta(by);
        self.ahead += delta(by);
    }

    /// Continues from this time. It has no effect on a real clock.
    pub(crate) fn set(&mut self, now: DateTime<Utc>) {
        if !matches!(self.mode, Mode::Real) {
            self.now = now;
        }
    }

    /// The time of the last request or advance.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The time of a request that is executed now: the next step of a stepping clock, or the
    /// computer's time.
    pub(crate) fn next(&self) -> DateTime<Utc> {
        match self.mode {
            Mode::Manual => self.now,
            Mode::Stepping(step) => self.now + step,
            // The computer's clock may be set back, but the portal's time never runs backward.
            Mode::Real => self.now.max(Utc::now() + self.ahead),
        }
    }

    /// Moves a real clock to the computer's time.
    pub(crate) fn refresh(&mut self) {
        if matches!(self.mode, Mode::Real) {
            self.tick();
        }
    }

    /// Whether the clock follows the computer's clock.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self.mode, Mode::Real)
    }

    /// Moves to the time of a request that is executed now.
    pub(crate) fn tick(&mut self) {
        self.now = self.next();
    }
}

/// Converts a duration for chrono, and limits it to a thousand years.
fn delta(duration: Duration) -> TimeDelta {
    let longest = TimeDelta::days(365_000);
    TimeDelta::from_std(duration).unwrap_or(longest).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepping_clock_moves_at_each_request() {
        let mut clock = Clock::stepping(Duration::from_millis(50));
        let start = clock.now();
        assert_eq!(clock.next() - start, TimeDelta::milliseconds(50));
        assert_eq!(clock.now(), start, "reading the next time does not move the clock");
        clock.tick();
        clock.tick();
        assert_eq!(clock.now() - start, TimeDelta::milliseconds(100));
    }

    #[test]
    fn clock_starts_at_the_given_time() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
        assert_eq!(Clock::manual().starting(at).now().to_rfc3339(), "1970-01-02T00:00:00+00:00");
    }

    #[test]
    fn manual_clock_moves_only_when_advanced() {
        let mut clock = Clock::manual();
        let start = clock.now();
        clock.tick();
        assert_eq!(clock.now(), start);
        clock.advance(Duration::from_secs(2));
        assert_eq!(clock.now() - start, TimeDelta::seconds(2));
    }
}
