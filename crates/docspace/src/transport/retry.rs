//! When a call is sent again.

use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use serde::Serialize;

use super::limit::{Limit, retry_after};
use crate::platform::{Instant, is_connect};

/// When and how often a call is repeated.
///
/// ```
/// use docspace::Portal;
/// use docspace::transport::RetryPolicy;
///
/// # doc_examples::with_mock(async |mock, _| {
/// # let (address, key) = (mock.url(), mock.owner_key());
/// # mock.faults().next("GET /files/rooms", docspace_mock::Fault::status(503));
/// let once = RetryPolicy::none();
/// let portal = Portal::builder(address).api_key(key).retry(once).build()?;
///
/// // The portal is busy and answers 503.
/// let error = portal.rooms().list().all().await.unwrap_err();
/// assert!(error.is_retryable());
/// # Ok(())
/// # });
/// ```
///
/// | After | The client repeats |
/// |---|---|
/// | a 429, which the portal sends without executing the call | every call |
/// | a connection that could not be made | every call |
/// | a 502, 503 or 504, a timeout, or an answer that breaks off | only calls that may safely be executed twice, such as reads and changes of a title, but not calls that create something |
/// | any other answer | nothing |
///
/// Limits on calls in a minute are waited out, with the longest pause each time. Longer limits are
/// not: neither the daily limit nor the limit of 15 minutes on creating keys and sending
/// invitations again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[must_use = "a policy has no effect before it is given to `PortalBuilder::retry`"]
pub struct RetryPolicy {
    /// Maximum number of times a call is sent; 5 by default.
    pub attempts: u32,
    /// The first pause; 300 milliseconds by default. Each further pause is twice as long. All
    /// pauses are shortened at random, by up to half.
    #[serde(with = "crate::seconds")]
    pub first_pause: Duration,
    /// The longest pause; 20 seconds by default. If the portal asks for a longer pause, the call
    /// fails.
    #[serde(with = "crate::seconds")]
    pub longest_pause: Duration,
    /// How long after the first attempt the pause before another attempt may still begin; 60
    /// seconds by default. Without this limit, a portal that does not answer would cost the idle
    /// timeout with each attempt.
    #[serde(with = "crate::seconds")]
    pub total: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            first_pause: Duration::from_millis(300),
            longest_pause: Duration::from_secs(20),
            total: Duration::from_secs(60),
        }
    }
}

/// The facade's own names for calls in a form that is safe to repeat: they send the id of the
/// link, send no messages, or only read.
const OWN: [&str; 17] = [
    "create_file_link",
    "create_folder_link",
    "create_room_invitation",
    "create_room_link",
    "find_room",
    "get_file_link",
    "get_folder_link",
    "get_key",
    "get_room_link",
    "revoke_file_link",
    "revoke_folder_link",
    "revoke_room_link",
    "set_members_quietly",
    "update_file_link",
    "update_folder_link",
    "update_room_link",
    "upload_picture",
];

/// Whether a request does no harm when a portal executes it twice. An unknown operation is repeated
/// only if it reads, so nothing is ever created twice.
pub(super) fn is_repeatable(method: &Method, operation: &str) -> bool {
    method.is_safe() || is_known_repeatable(operation)
}

/// Whether the operation of this name does no harm when a portal executes it twice.
pub(crate) fn is_known_repeatable(operation: &str) -> bool {
    docspace_api::REPEATABLE.contains(&operation) || OWN.contains(&operation)
}

impl RetryPolicy {
    /// Repeats nothing: every call is sent once.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the maximum number of times a call is sent.
    pub fn attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// Sets the first pause.
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets the longest pause.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Sets how long after the first attempt the pause before another attempt may still begin.
    pub fn total(mut self, time: Duration) -> Self {
        self.total = time;
        self
    }

    pub(super) fn begin(&self, repeatable: bool) -> Attempts<'_> {
        Attempts { policy: self, made: 0, began: None, repeatable }
    }

    /// The longest pause, shortened at random by up to a tenth: with the defaults, four of them are
    /// longer than a minute.
    fn pause_for_limit_per_minute(&self) -> Duration {
        self.longest_pause.mul_f64(0.9 + fastrand::f64() / 10.0)
    }
}

pub(super) struct Attempts<'p> {
    policy: &'p RetryPolicy,
    made: u32,
    /// When the first attempt was sent.
    began: Option<Instant>,
    repeatable: bool,
}

impl Attempts<'_> {
    /// Records when an attempt was sent, which is after it waited for the throttle.
    pub(super) fn began_at(&mut self, sent: Instant) {
        self.began.get_or_insert(sent);
    }

    /// The number of attempts.
    pub(super) fn made(&self) -> u32 {
        self.made
    }

    /// How long to wait before the call is sent again; `None` if it is not sent again. `limit` is
    /// the limit that rejected it.
    pub(super) fn pause_after(
        &mut self,
        outcome: &reqwest::Result<Response>,
        limit: Option<Limit>,
    ) -> Option<Duration> {
        self.made += 1;
        let again = match outcome {
            Ok(response) => match response.status() {
                StatusCode::TOO_MANY_REQUESTS => !matches!(limit, Some(Limit::Sensitive(_))),
                StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                    self.repeatable
                }
                _ => false,
            },
            Err(error) if is_connect(error) => true,
            Err(error) => self.repeatable && !error.is_builder(),
        };
        let is_late = self.began.is_some_and(|began| began.elapsed() >= self.policy.total);
        if !again || self.made >= self.policy.attempts || is_late {
            return None;
        }
        let asked = outcome.as_ref().ok().and_then(|response| retry_after(response.headers()));
        match asked {
            Some(asked) if asked > self.policy.longest_pause => None,
            // If the portal asks for no pause, programs must still not all come back at the same
            // moment.
            Some(asked) => Some(asked.max(self.back_off())),
            None if matches!(limit, Some(Limit::PerMinute(_))) => Some(self.policy.pause_for_limit_per_minute()),
            None => Some(self.back_off()),
        }
    }

    fn back_off(&self) -> Duration {
        let doubled = self.policy.first_pause.saturating_mul(1 << (self.made - 1).min(16));
        // Programs that were rejected together must not come back together.
        doubled.min(self.policy.longest_pause).mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;

    use super::*;

    fn answer(status: u16) -> reqwest::Result<Response> {
        let mut answer = http::Response::new("");
        *answer.status_mut() = StatusCode::from_u16(status).unwrap();
        Ok(answer.into())
    }

    /// A full minute must be over before the last attempt.
    #[tokio::test(start_paused = true)]
    async fn limits_per_minute_are_waited_out() {
        for _ in 0..100 {
            let policy = RetryPolicy::default();
            let mut attempts = policy.begin(false);
            let start = Instant::now();
            attempts.began_at(start);
            while let Some(pause) = attempts.pause_after(&answer(429), Some(Limit::PerMinute(1500))) {
                assert!(pause <= policy.longest_pause);
                tokio::time::advance(pause).await;
            }
            let waited = start.elapsed().as_secs();
            assert!((60..=80).contains(&waited), "{waited} s in {} attempts", attempts.made());
        }
    }

    #[tokio::test]
    async fn sensitive_and_daily_limits_are_not_retried() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.begin(false).pause_after(&answer(429), Some(Limit::Sensitive(5))), None);
        let mut daily = answer(429);
        let headers: HeaderMap = [("retry-after".parse().unwrap(), "86399".parse().unwrap())].into_iter().collect();
        *daily.as_mut().unwrap().headers_mut() = headers;
        assert_eq!(policy.begin(false).pause_after(&daily, Some(Limit::Daily(None))), None);
        assert!(policy.begin(false).pause_after(&answer(429), Some(Limit::InFlight(15))).is_some());
    }

    #[test]
    fn unknown_operations_are_repeated_only_if_they_read() {
        assert!(is_repeatable(&Method::GET, "get"));
        assert!(is_repeatable(&Method::PUT, "update_room"));
        assert!(is_repeatable(&Method::PUT, "update_room_link"));
        for operation in
            ["post", "my_own", "create_room", "set_room_link", "set_file_link", "set_members", "delete_room"]
        {
            assert!(!is_repeatable(&Method::PUT, operation), "{operation}");
        }
    }

    #[tokio::test]
    async fn creations_are_not_repeated_after_a_server_error() {
        let policy = RetryPolicy::default();
        for status in [502, 503, 504] {
            assert_eq!(policy.begin(false).pause_after(&answer(status), None), None);
            assert!(policy.begin(true).pause_after(&answer(status), None).is_some());
        }
    }
}
