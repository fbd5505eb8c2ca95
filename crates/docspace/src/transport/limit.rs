//! Which of a portal's limits rejected a call (docs/portal/limits.md#the-limits).

use std::time::Duration;

use chrono::DateTime;
use reqwest::header::HeaderMap;

use crate::platform::now;

/// The limit that rejected a call. No header names the limit, so its number identifies it
/// (docs/portal/limits.md#the-answer-429).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Reads, or other calls, in flight at the same time.
    InFlight(usize),
    /// Calls in any minute.
    PerMinute(usize),
    /// Sensitive calls to one path within 15 minutes.
    Sensitive(usize),
    /// Calls that create or change something, in a day. Only this limit reports when it ends.
    Daily(Option<usize>),
    /// The answer does not identify the limit. It may come from a proxy in front of the portal.
    Unknown,
}

/// Calls that a portal counts separately because they send mail or create credentials
/// (docs/portal/limits.md#sensitive-calls).
const SENSITIVE: [&str; 4] = ["create_key", "resend_invitations", "retry_webhook_deliveries", "retry_webhook_delivery"];
/// A number up to this is the limit on sensitive calls, which is 5. They also count as writes,
/// whose limit in flight is 15.
const MOST_SENSITIVE: usize = 10;
/// A number up to this is a limit on calls in flight, which are 50 and 15. A higher number is the
/// limit on calls in a minute, which is 1500.
const MOST_IN_FLIGHT: usize = 100;

impl Limit {
    /// The limit that the headers of a 429 describe.
    pub(crate) fn of(headers: &HeaderMap, operation: &str) -> Self {
        let limit = number(headers, "x-ratelimit-limit").and_then(|limit| usize::try_from(limit).ok());
        if retry_after(headers).is_some() {
            return Self::Daily(limit);
        }
        match limit {
            None => Self::Unknown,
            Some(limit) if limit <= MOST_SENSITIVE && SENSITIVE.contains(&operation) => Self::Sensitive(limit),
            Some(limit) if limit <= MOST_IN_FLIGHT => Self::InFlight(limit),
            Some(limit) => Self::PerMinute(limit),
        }
    }

    /// What to do about the limit, if there is more to say than the kind of the error does.
    pub(crate) fn advice(self) -> Option<String> {
        Some(match self {
            Self::InFlight(limit) => format!(
                "the portal allows each person {limit} such calls in flight: let other programs finish, or lower the \
                 throttle"
            ),
            Self::PerMinute(limit) => {
                format!(
                    "the portal allows each person {limit} calls a minute: wait a minute, or slow other programs down"
                )
            }
            Self::Sensitive(limit) => {
                format!("the portal allows {limit} such calls within 15 minutes: wait up to 15 minutes")
            }
            Self::Daily(_) | Self::Unknown => return None,
        })
    }
}

/// How long the portal asks the caller to wait: `Retry-After` in seconds, or as a date, which
/// proxies send; or `X-RateLimit-Reset`, which is a time.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let until = |time: i64| u64::try_from(time - now().timestamp()).ok();
    let by_date = || until(DateTime::parse_from_rfc2822(text(headers, "retry-after")?).ok()?.timestamp());
    let by_reset = || until(i64::try_from(number(headers, "x-ratelimit-reset")?).ok()?);
    number(headers, "retry-after").or_else(by_date).or_else(by_reset).map(Duration::from_secs)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, String)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn limited(limit: usize, operation: &str) -> Limit {
        Limit::of(&headers(&[("x-ratelimit-limit", limit.to_string())]), operation)
    }

    #[test]
    fn limits_are_identified_by_their_number() {
        assert_eq!(limited(50, "list_rooms"), Limit::InFlight(50));
        assert_eq!(limited(15, "create_key"), Limit::InFlight(15));
        assert_eq!(limited(5, "create_key"), Limit::Sensitive(5));
        assert_eq!(limited(5, "list_rooms"), Limit::InFlight(5));
        assert_eq!(limited(1500, "create_key"), Limit::PerMinute(1500));
        assert_eq!(Limit::of(&HeaderMap::new(), "list_rooms"), Limit::Unknown);
    }

    #[test]
    fn the_daily_limit_reports_when_it_ends() {
        let daily = headers(&[("x-ratelimit-limit", "6".to_owned()), ("retry-after", "86399".to_owned())]);
        assert_eq!(Limit::of(&daily, "create_tag"), Limit::Daily(Some(6)));
        assert_eq!(retry_after(&daily), Some(Duration::from_secs(86_399)));
    }

    /// A proxy in front of the portal may send a date.
    #[test]
    fn retry_after_accepts_a_future_date_and_ignores_other_text() {
        let parsed = |text: &str| retry_after(&headers(&[("retry-after", text.to_owned())]));
        let date = (now() + chrono::Duration::seconds(600)).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        assert!(parsed(&date).is_some_and(|wait| (590..=600).contains(&wait.as_secs())), "{date}");
        for text in ["Wed, 21 Oct 2015 07:28:00 GMT", "-5", "1.5", "soon", "", "99999999999999999999999"] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    #[test]
    fn the_reset_header_is_a_time_and_not_a_duration() {
        let reset = headers(&[("x-ratelimit-reset", (now().timestamp() + 600).to_string())]);
        let wait = retry_after(&reset).unwrap();
        assert!((590..=600).contains(&wait.as_secs()), "{wait:?}");
    }
}
