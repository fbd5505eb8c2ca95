//! When a call is sent again.

use std::time::Duration;

use reqwest::{Response, StatusCode};

use super::limit::{Limit, retry_after};
use crate::platform::{Instant, is_connect};

/// How often and how patiently a call is repeated.
///
/// ```
/// use docspace::Portal;
/// use docspace::transport::RetryPolicy;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let (address, key) = (mock.url(), mock.owner_key());
/// # mock.faults().next("GET /files/rooms", docspace_mock::Fault::status(503));
/// let once = RetryPolicy { attempts: 1, ..RetryPolicy::default() };
/// let portal = Portal::builder(address).api_key(key).retry(once).build()?;
///
/// // The portal is too busy, and answers 503.
/// let error = portal.rooms().list().all().await.unwrap_err();
/// assert!(error.is_retryable());
/// # Ok(())
/// # }
/// ```
///
/// A 429 is repeated, since the portal did not execute the call, and so is a call that could not be sent at all. After a
/// 502, 503, 504, a timeout or an answer that breaks off nobody knows what happened, so only calls that do no harm twice
/// are repeated; creating a room is not one of them.
///
/// A limit on calls in a minute is waited for with the longest pause each time. Limits that last longer, as that of a day
/// and that of a quarter of an hour for new keys and mail, are not waited for.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    /// How many times a call is sent at most; 1 switches retrying off.
    pub attempts: u32,
    /// The first pause; each further one is twice as long, and all vary at random.
    pub first_pause: Duration,
    /// The longest pause. A portal that asks for more, as its daily limit does, gets no further call.
    pub longest_pause: Duration,
    /// How long after the first attempt the pause before another one may still begin. A portal that is silent until the
    /// idle timeout would otherwise cost that time with each attempt.
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

/// Calls that do something each time they are executed, that may be refused once they are done, or that count against
/// their caller, besides those that create.
const NOT_TWICE: [&str; 13] = [
    "delete_room",
    "delete_key",
    "delete_people_group",
    "change_owner",
    "rename_tag",
    "authenticate",
    "authenticate_with_code",
    "enter_link_password",
    "invite_people",
    "invite_members",
    "resend_invitations",
    "start_index_export",
    "start_external_db_sync",
];

/// Whether a call does no harm when it is executed twice: reading, changing to what it already is, archiving what is
/// archived, and setting a link, as this crate always sends the link's id.
pub(crate) fn is_repeatable(operation: &str) -> bool {
    !operation.starts_with("create_") && !NOT_TWICE.contains(&operation)
}

impl RetryPolicy {
    pub(super) fn attempts(&self, operation: &str) -> Attempts<'_> {
        Attempts { policy: self, made: 0, began: None, repeatable: is_repeatable(operation) }
    }

    /// The longest pause, hardly varied: four of them outlast a minute.
    fn most_of_a_minute(&self) -> Duration {
        self.longest_pause.mul_f64(0.9 + fastrand::f64() / 10.0)
    }
}

pub(super) struct Attempts<'p> {
    policy: &'p RetryPolicy,
    made: u32,
    /// When the first one went out.
    began: Option<Instant>,
    repeatable: bool,
}

impl Attempts<'_> {
    /// Records when an attempt was sent, after the throttle let it pass.
    pub(super) fn began_at(&mut self, sent: Instant) {
        self.began.get_or_insert(sent);
    }

    /// How many there were.
    pub(super) fn made(&self) -> u32 {
        self.made
    }

    /// How long to wait before the call is sent again; none when its outcome stands. `limit` is the one that it ran into.
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
            // A portal that asks for no pause at all is not taken at its word by everybody at the same moment.
            Some(asked) => Some(asked.max(self.back_off())),
            None if matches!(limit, Some(Limit::PerMinute(_))) => Some(self.policy.most_of_a_minute()),
            None => Some(self.back_off()),
        }
    }

    fn back_off(&self) -> Duration {
        let doubled = self.policy.first_pause.saturating_mul(1 << (self.made - 1).min(16));
        // Programs that were refused together must not come back together.
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

    /// A sliding minute has to be over before the last attempt.
    #[tokio::test(start_paused = true)]
    async fn a_limit_of_a_minute_is_outlasted() {
        for _ in 0..100 {
            let policy = RetryPolicy::default();
            let mut attempts = policy.attempts("create_room");
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
    async fn what_lasts_a_quarter_of_an_hour_or_a_day_is_not_waited_for() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.attempts("create_key").pause_after(&answer(429), Some(Limit::Sensitive(5))), None);
        let mut daily = answer(429);
        let headers: HeaderMap = [("retry-after".parse().unwrap(), "86399".parse().unwrap())].into_iter().collect();
        *daily.as_mut().unwrap().headers_mut() = headers;
        assert_eq!(policy.attempts("create_room").pause_after(&daily, Some(Limit::Daily(None))), None);
        assert!(policy.attempts("create_room").pause_after(&answer(429), Some(Limit::AtOnce(15))).is_some());
    }

    #[tokio::test]
    async fn in_doubt_a_creation_is_not_sent_again() {
        let policy = RetryPolicy::default();
        for status in [502, 503, 504] {
            assert_eq!(policy.attempts("create_room").pause_after(&answer(status), None), None);
            assert!(policy.attempts("archive_room").pause_after(&answer(status), None).is_some());
        }
    }
}
