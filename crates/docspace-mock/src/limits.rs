//! The portal's rate limiter (portal-facts 3): off by default, on with the measured numbers or others.
//!
//! ```
//! use docspace_mock::{Limits, Portal};
//! let mut portal = Portal::new();
//! portal.set_limits(Some(Limits { per_minute: 10, ..Limits::measured() }));
//! ```

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::wire::failure::Failure;

/// How much one person, or one address, may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// All calls within a sliding minute.
    pub per_minute: usize,
    /// GET calls at once; seen over HTTP only.
    pub reads_at_once: usize,
    /// Calls of other verbs at once; seen over HTTP only.
    pub writes_at_once: usize,
    /// POST and PUT calls within a day that starts with the first.
    pub writes_per_day: usize,
    /// Calls to one sensitive path within a quarter of an hour.
    pub sensitive: usize,
}

impl Limits {
    /// The numbers of a portal that has its limiter on [R limits/rate-limits].
    pub fn measured() -> Self {
        Self { per_minute: 1500, reads_at_once: 50, writes_at_once: 15, writes_per_day: 10_000, sensitive: 5 }
    }
}

/// What was asked so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limiter {
    limits: Option<Limits>,
    minute: HashMap<String, Vec<DateTime<Utc>>>,
    day: HashMap<String, (DateTime<Utc>, usize)>,
    quarter: HashMap<String, Vec<DateTime<Utc>>>,
}

/// A call as the limiter sees it.
#[derive(Debug)]
pub(crate) struct CountedCall<'a> {
    /// The person, else the address.
    pub(crate) who: &'a str,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) sensitive: bool,
    /// Other calls of the same kind by the same caller that are in flight.
    pub(crate) in_flight: usize,
}

fn too_many(limit: usize) -> Vec<(&'static str, String)> {
    vec![("x-ratelimit-limit", limit.to_string()), ("x-ratelimit-remaining", "0".into())]
}

impl Limiter {
    pub(crate) fn new(limits: Option<Limits>) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Counts a call, or refuses it; a refused one was not executed.
    pub(crate) fn admit(&mut self, call: &CountedCall<'_>, now: DateTime<Utc>) -> Result<(), Failure> {
        let Some(limits) = self.limits else { return Ok(()) };
        let at_once = if call.method == "GET" { limits.reads_at_once } else { limits.writes_at_once };
        if call.in_flight >= at_once {
            return Err(Failure::TooMany(too_many(at_once)));
        }
        let minute = self.minute.entry(call.who.to_owned()).or_default();
        minute.retain(|at| now - *at < TimeDelta::minutes(1));
        if minute.len() >= limits.per_minute {
            return Err(Failure::TooMany(too_many(limits.per_minute)));
        }
        let writes = matches!(call.method, "POST" | "PUT");
        if writes {
            self.admit_daily(call.who, limits.writes_per_day, now)?;
        }
        if call.sensitive {
            // Paths that nobody asks for any more are forgotten too.
            self.quarter.retain(|_, times| {
                times.retain(|at| now - *at < TimeDelta::minutes(15));
                !times.is_empty()
            });
            let times = self.quarter.entry(format!("{} {}", call.who, call.path)).or_default();
            if times.len() >= limits.sensitive {
                return Err(Failure::TooMany(too_many(limits.sensitive)));
            }
            times.push(now);
        }
        if writes {
            self.day.entry(call.who.to_owned()).or_insert((now, 0)).1 += 1;
        }
        self.minute.entry(call.who.to_owned()).or_default().push(now);
        Ok(())
    }

    /// Only the daily limit says when to come back, and that may be in a day.
    fn admit_daily(&mut self, who: &str, most: usize, now: DateTime<Utc>) -> Result<(), Failure> {
        let day = self.day.entry(who.to_owned()).or_insert((now, 0));
        let ends = day.0 + TimeDelta::days(1);
        if now >= ends {
            *day = (now, 0);
        } else if day.1 >= most {
            let mut headers = too_many(most);
            headers.push(("retry-after", (ends - now).num_seconds().to_string()));
            headers.push(("x-ratelimit-reset", ends.timestamp().to_string()));
            return Err(Failure::TooMany(headers));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(method: &'static str) -> CountedCall<'static> {
        CountedCall { who: "ann", method, path: "/files/tags", sensitive: false, in_flight: 0 }
    }

    #[test]
    fn without_limits_everything_is_admitted() {
        let mut limiter = Limiter::default();
        let now = Utc::now();
        assert!((0..5000).all(|_| limiter.admit(&call("GET"), now).is_ok()));
    }

    #[test]
    fn what_was_asked_long_ago_is_forgotten() {
        let mut limiter = Limiter::new(Some(Limits::measured()));
        let start = Utc::now();
        for hour in 0..100 {
            let path = format!("/files/rooms/{hour}/resend");
            let call = CountedCall { path: &path, sensitive: true, ..call("POST") };
            assert!(limiter.admit(&call, start + TimeDelta::hours(hour)).is_ok());
        }
        assert_eq!((limiter.minute["ann"].len(), limiter.day.len(), limiter.quarter.len()), (1, 1, 1));
    }

    #[test]
    fn the_minute_slides_and_only_the_day_says_when_to_come_back() {
        let limits = Limits { per_minute: 3, writes_per_day: 4, ..Limits::measured() };
        let mut limiter = Limiter::new(Some(limits));
        let start = Utc::now();
        for _ in 0..3 {
            assert!(limiter.admit(&call("POST"), start).is_ok());
        }
        assert_eq!(limiter.admit(&call("POST"), start), Err(Failure::TooMany(too_many(3))));
        let later = start + TimeDelta::seconds(61);
        assert!(limiter.admit(&call("POST"), later).is_ok());
        let Err(Failure::TooMany(headers)) = limiter.admit(&call("POST"), later) else { panic!("refused") };
        assert!(headers.iter().any(|(name, value)| *name == "retry-after" && value == "86339"), "{headers:?}");
        assert!(limiter.admit(&call("DELETE"), later).is_ok());
    }
}
