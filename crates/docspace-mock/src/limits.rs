//! The portal's rate limiter (docs/portal/limits.md#the-limits). It is off by default.
//!
//! ```
//! use docspace_mock::{Limits, Portal};
//! let mut portal = Portal::new();
//! portal.set_limits(Some(Limits { per_minute: 10, ..Limits::measured() }));
//! ```

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::wire::failure::Failure;

/// Limits on the calls of one person, or of one address without credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Maximum number of calls within a sliding minute.
    pub per_minute: usize,
    /// Maximum number of parallel GET calls. It applies over HTTP only.
    pub reads_at_once: usize,
    /// Maximum number of parallel calls with other verbs. It applies over HTTP only.
    pub writes_at_once: usize,
    /// Maximum number of POST and PUT calls within a day, which starts with the first of them.
    pub writes_per_day: usize,
    /// Maximum number of calls to one sensitive path within 15 minutes.
    pub sensitive: usize,
}

impl Limits {
    /// Returns the limits that were measured on a portal (recording limits/rate-limits).
    pub fn measured() -> Self {
        Self { per_minute: 1500, reads_at_once: 50, writes_at_once: 15, writes_per_day: 10_000, sensitive: 5 }
    }
}

/// Counts the calls of each caller.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limiter {
    limits: Option<Limits>,
    last_minute: HashMap<String, Vec<DateTime<Utc>>>,
    day: HashMap<String, (DateTime<Utc>, usize)>,
    sensitive_calls: HashMap<String, Vec<DateTime<Utc>>>,
}

/// A call as the limiter sees it.
#[derive(Debug)]
pub(crate) struct CountedCall<'a> {
    /// The id of the person, or the address of an anonymous caller.
    pub(crate) caller: &'a str,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) sensitive: bool,
    /// Other calls of the caller in flight that are reads, if this one is, or else writes.
    pub(crate) in_flight: usize,
}

fn limit_headers(limit: usize) -> Vec<(&'static str, String)> {
    vec![("x-ratelimit-limit", limit.to_string()), ("x-ratelimit-remaining", "0".into())]
}

impl Limiter {
    pub(crate) fn new(limits: Option<Limits>) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Counts a call or refuses it. Refused calls are not executed.
    pub(crate) fn admit(&mut self, call: &CountedCall<'_>, now: DateTime<Utc>) -> Result<(), Failure> {
        let Some(limits) = self.limits else { return Ok(()) };
        let at_once = if call.method == "GET" { limits.reads_at_once } else { limits.writes_at_once };
        if call.in_flight >= at_once {
            return Err(Failure::TooMany(limit_headers(at_once)));
        }
        let minute = self.last_minute.entry(call.caller.to_owned()).or_default();
        minute.retain(|at| now - *at < TimeDelta::minutes(1));
        if minute.len() >= limits.per_minute {
            return Err(Failure::TooMany(limit_headers(limits.per_minute)));
        }
        let writes = matches!(call.method, "POST" | "PUT");
        if writes {
            self.admit_daily(call.caller, limits.writes_per_day, now)?;
        }
        if call.sensitive {
            // Removes the paths that have no calls left in the window.
            self.sensitive_calls.retain(|_, times| {
                times.retain(|at| now - *at < TimeDelta::minutes(15));
                !times.is_empty()
            });
            let times = self.sensitive_calls.entry(format!("{} {}", call.caller, call.path)).or_default();
            if times.len() >= limits.sensitive {
                return Err(Failure::TooMany(limit_headers(limits.sensitive)));
            }
            times.push(now);
        }
        if writes {
            self.day.entry(call.caller.to_owned()).or_insert((now, 0)).1 += 1;
        }
        self.last_minute.entry(call.caller.to_owned()).or_default().push(now);
        Ok(())
    }

    /// Checks the daily limit. Only this limit sends `Retry-After`, which may be up to a day.
    fn admit_daily(&mut self, caller: &str, max: usize, now: DateTime<Utc>) -> Result<(), Failure> {
        let day = self.day.entry(caller.to_owned()).or_insert((now, 0));
        let ends = day.0 + TimeDelta::days(1);
        if now >= ends {
            *day = (now, 0);
        } else if day.1 >= max {
            let mut headers = limit_headers(max);
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
        CountedCall { caller: "ann", method, path: "/files/tags", sensitive: false, in_flight: 0 }
    }

    #[test]
    fn calls_are_unlimited_by_default() {
        let mut limiter = Limiter::default();
        let now = Utc::now();
        assert!((0..5000).all(|_| limiter.admit(&call("GET"), now).is_ok()));
    }

    #[test]
    fn old_calls_are_forgotten() {
        let mut limiter = Limiter::new(Some(Limits::measured()));
        let start = Utc::now();
        for hour in 0..100 {
            let path = format!("/files/rooms/{hour}/resend");
            let call = CountedCall { path: &path, sensitive: true, ..call("POST") };
            assert!(limiter.admit(&call, start + TimeDelta::hours(hour)).is_ok());
        }
        assert_eq!((limiter.last_minute["ann"].len(), limiter.day.len(), limiter.sensitive_calls.len()), (1, 1, 1));
    }

    #[test]
    fn minute_slides_and_only_the_daily_limit_sends_retry_after() {
        let limits = Limits { per_minute: 3, writes_per_day: 4, ..Limits::measured() };
        let mut limiter = Limiter::new(Some(limits));
        let start = Utc::now();
        for _ in 0..3 {
            assert!(limiter.admit(&call("POST"), start).is_ok());
        }
        assert_eq!(limiter.admit(&call("POST"), start), Err(Failure::TooMany(limit_headers(3))));
        let later = start + TimeDelta::seconds(61);
        assert!(limiter.admit(&call("POST"), later).is_ok());
        let Err(Failure::TooMany(headers)) = limiter.admit(&call("POST"), later) else { panic!("refused") };
        assert!(headers.iter().any(|(name, value)| *name == "retry-after" && value == "86339"), "{headers:?}");
        assert!(limiter.admit(&call("DELETE"), later).is_ok());
    }
}
