//! Calls whose answer was lost, and how to recognize what such a call created.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{DATE, HeaderMap};

use crate::error::{Error, ErrorKind};
use crate::platform::Instant;

/// How long before the beginning of a call its creation date may be: both dates are in whole
/// seconds, and the clocks of the two servers that write them may differ slightly.
const TOLERANCE: TimeDelta = TimeDelta::seconds(2);

/// Whether the portal may have executed the call: it failed, or its answer did not arrive or cannot
/// be read.
pub(crate) fn is_lost(error: &Error) -> bool {
    match (error.kind(), error.status()) {
        (ErrorKind::Decode, _) => true,
        (_, Some(status)) => status >= 500 || status == 408,
        // A retryable error of the transport means that the call could not be sent at all.
        (ErrorKind::Transport, None) => !error.is_retryable(),
        (kind, None) => kind == ErrorKind::Timeout,
    }
}

/// The time at which a call began, by the portal's clock.
///
/// This computer's clock may be wrong, and asking the portal before each call would double the
/// number of calls. The client therefore takes the portal's time from a later answer, and subtracts
/// the time that has passed since the call began, measured with a monotonic clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Began(Instant);

impl Began {
    pub(crate) fn now() -> Self {
        Self(Instant::now())
    }

    /// The earliest creation date of an object that this call created. `now` is the portal's time
    /// in an answer that has just arrived.
    pub(crate) fn by(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.0.elapsed()).unwrap_or(TimeDelta::MAX);
        now.checked_sub_signed(passed)
            .and_then(|at| at.checked_sub_signed(TOLERANCE))
            .unwrap_or(DateTime::<Utc>::MIN_UTC)
    }
}

/// The `Date` header of an answer, in whole seconds. Every server sends it, but a browser does not
/// show it to the program.
pub(crate) fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let date = headers.get(DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(date).ok().map(|date| date.to_utc())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn date_headers_are_parsed() {
        let read = |text: &str| {
            let headers: HeaderMap = [(DATE, text.parse().unwrap())].into_iter().collect();
            date(&headers).map(|date| date.to_rfc3339())
        };
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT").as_deref(), Some("1994-11-06T08:49:37+00:00"));
        assert_eq!(read("yesterday"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn the_start_of_a_call_is_the_portals_time_minus_the_time_passed() {
        let (began, portal) = (Began::now(), DateTime::<Utc>::UNIX_EPOCH);
        tokio::time::advance(Duration::from_secs(30)).await;
        assert_eq!(began.by(portal), portal - TimeDelta::seconds(30) - TOLERANCE);
    }

    #[test]
    fn rejections_are_not_lost_answers() {
        for (kind, lost) in [
            (ErrorKind::Invalid, false),
            (ErrorKind::Forbidden, false),
            (ErrorKind::Timeout, true),
            (ErrorKind::Decode, true),
        ] {
            assert_eq!(is_lost(&Error::new(kind, "")), lost, "{kind}");
        }
    }
}
