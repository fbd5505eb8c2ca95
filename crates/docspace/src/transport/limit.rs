//! Which of a portal's limits a refused call ran into (portal-facts 3).

use std::time::Duration;

use chrono::DateTime;
use reqwest::header::HeaderMap;

use crate::platform::now;

/// A limit, as far as the headers of a 429 tell it. No header names it, so its number has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Calls of one kind, reads or others, under way at once.
    AtOnce(usize),
    /// Calls in any minute.
    PerMinute(usize),
    /// Calls of a sensitive kind to one path in a quarter of an hour.
    Sensitive(usize),
    /// Calls that make or change something in a day. Only this one says when it ends.
    Daily(Option<usize>),
    /// The answer does not say; a proxy before the portal, perhaps.
    Untold,
}

/// Calls that a portal counts by themselves because they send mail or make credentials.
const SENSITIVE: [&str; 2] = ["create_key", "resend_invitations"];
/// Such calls are limited to 5; 15 is the number of writes at once, which they can run into as well.
const MOST_SENSITIVE: usize = 10;
/// Limits on calls at once are 50 and 15, the one on calls in a minute is 1500. Nobody could work with as few in a minute.
const MOST_AT_ONCE: usize = 100;

impl Limit {
    /// The limit that these headers of a 429 tell of.
    pub(crate) fn of(headers: &HeaderMap, operation: &str) -> Self {
        let limit = number(headers, "x-ratelimit-limit").and_then(|limit| usize::try_from(limit).ok());
        if retry_after(headers).is_some() {
            return Self::Daily(limit);
        }
        match limit {
            None => Self::Untold,
            Some(limit) if limit <= MOST_SENSITIVE && SENSITIVE.contains(&operation) => Self::Sensitive(limit),
            Some(limit) if limit <= MOST_AT_ONCE => Self::AtOnce(limit),
            Some(limit) => Self::PerMinute(limit),
        }
    }

    /// What to do about it, unless the kind of error says all there is to say.
    pub(crate) fn advice(self) -> Option<String> {
        Some(match self {
            Self::AtOnce(limit) => format!(
                "one person may have {limit} such calls under way at once: let other programs finish, or lower the \
                 throttle"
            ),
            Self::PerMinute(limit) => {
                format!("one person may call {limit} times a minute: wait a minute, or slow other programs down")
            }
            Self::Sensitive(limit) => {
                format!("only {limit} such calls are allowed in a quarter of an hour: wait up to 15 minutes")
            }
            Self::Daily(_) | Self::Untold => return None,
        })
    }
}

/// How long the portal asks to wait: by `Retry-After` in seconds or, as proxies do, with a date; or by `X-RateLimit-Reset`,
/// which is a time.
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
    fn the_measured_limits_are_told_apart() {
        assert_eq!(limited(50, "list_rooms"), Limit::AtOnce(50));
        assert_eq!(limited(15, "create_key"), Limit::AtOnce(15));
        assert_eq!(limited(5, "create_key"), Limit::Sensitive(5));
        assert_eq!(limited(5, "list_rooms"), Limit::AtOnce(5));
        assert_eq!(limited(1500, "create_key"), Limit::PerMinute(1500));
        assert_eq!(Limit::of(&HeaderMap::new(), "list_rooms"), Limit::Untold);
    }

    #[test]
    fn only_the_daily_limit_says_when_it_ends() {
        let daily = headers(&[("x-ratelimit-limit", "6".to_owned()), ("retry-after", "86399".to_owned())]);
        assert_eq!(Limit::of(&daily, "create_tag"), Limit::Daily(Some(6)));
        assert_eq!(retry_after(&daily), Some(Duration::from_secs(86_399)));
    }

    /// A proxy before the portal may say it so, too.
    #[test]
    fn a_wait_can_be_told_as_a_date_and_what_is_neither_says_nothing() {
        let told = |text: &str| retry_after(&headers(&[("retry-after", text.to_owned())]));
        let date = (now() + chrono::Duration::seconds(600)).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        assert!(told(&date).is_some_and(|wait| (590..=600).contains(&wait.as_secs())), "{date}");
        for text in ["Wed, 21 Oct 2015 07:28:00 GMT", "-5", "1.5", "soon", "", "99999999999999999999999"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn a_reset_is_a_time_and_not_a_number_of_seconds() {
        let reset = headers(&[("x-ratelimit-reset", (now().timestamp() + 600).to_string())]);
        let wait = retry_after(&reset).unwrap();
        assert!((590..=600).contains(&wait.as_secs()), "{wait:?}");
    }
}
