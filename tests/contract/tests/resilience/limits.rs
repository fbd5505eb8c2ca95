//! A portal that has its rate limits on, and lower than usual: what it refuses teaches the client to ask for less.

use std::time::Duration;

use contract::target::Target;
use docspace::transport::{RetryPolicy, Throttle};
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::{Fault, Limits, MockPortal};
use futures::future::{join_all, try_join_all};

/// A portal with these limits, whose calls take so long that they overlap.
async fn limited(limits: Limits, test: impl AsyncFnOnce(&Target, &MockPortal)) {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    mock.set_latency(Duration::from_millis(20));
    mock.portal(|portal| portal.set_limits(Some(limits)));
    Target::run_on(mock, test).await;
}

/// Sixty at once where five are allowed. A refused call was not executed, so none is lost; and once the first ones have
/// been refused, hardly any other is.
#[tokio::test]
async fn a_burst_of_reads_settles_at_the_limit_that_the_portal_tells() {
    limited(Limits { reads_at_once: 5, ..Limits::measured() }, async |target, mock| {
        let portal = target.portal();
        let burst = || try_join_all((0..60).map(|_| portal.me()));
        assert_eq!(burst().await.unwrap().len(), 60);
        // The first wave went out before anybody knew: 50 of which 5 were let in.
        let first = refused(mock);
        assert!((1..=90).contains(&first), "{first} were refused");
        mock.clear_requests();
        assert_eq!(burst().await.unwrap().len(), 60);
        let later = refused(mock);
        assert!(later <= 12, "{later} of 60 were refused although the limit is known");
    })
    .await;
}

#[tokio::test]
async fn writes_keep_to_their_own_limit_and_none_is_lost() {
    limited(Limits { writes_at_once: 3, ..Limits::measured() }, async |target, _| {
        let portal = target.portal();
        let rooms = (0..20).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
        let made = try_join_all(rooms).await.unwrap();
        assert_eq!(made.len(), 20);
        assert_eq!(portal.rooms().list().all().await.unwrap().len(), 20, "each was made once");
    })
    .await;
}

/// Patience with the portal begins when the portal is asked.
#[tokio::test]
async fn a_call_that_was_held_back_for_long_is_repeated_all_the_same() {
    limited(Limits::measured(), async |target, mock| {
        let retry = RetryPolicy { total: Duration::from_millis(400), ..RetryPolicy::default() };
        let throttle = Throttle { reads: 1, ..Throttle::default() };
        let builder = Portal::builder(target.url()).api_key(mock.owner_key()).retry(retry).throttle(throttle);
        let portal = builder.build().unwrap();
        mock.faults().next("GET /files/tags", Fault::status(503));
        let before = try_join_all((0..40).map(|_| portal.me()));
        let tags = portal.tags();
        let (before, tags) = futures::join!(before, tags.list());
        assert_eq!(before.unwrap().len(), 40);
        assert!(tags.unwrap().is_empty());
    })
    .await;
}

/// Waiting for the end of a quarter of an hour would look like hanging.
#[tokio::test]
async fn a_limit_of_a_quarter_of_an_hour_is_not_waited_for() {
    limited(Limits::measured(), async |target, mock| {
        let portal = target.portal();
        for number in 0..5 {
            portal.keys().create(format!("key {number}")).send().await.unwrap();
        }
        mock.clear_requests();
        let error = portal.keys().create("one too many").send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::RateLimited, Some(429)));
        assert!(error.advice().contains("15 minutes"), "{error}");
        assert!(error.is_retryable());
        assert_eq!(mock.requests().len(), 1);
    })
    .await;
}

/// Only the limit of a day says how long it lasts.
#[tokio::test]
async fn a_limit_of_a_day_is_told_and_not_waited_for() {
    limited(Limits { writes_per_day: 3, ..Limits::measured() }, async |target, _| {
        let portal = target.portal();
        let create = |title: &'static str| portal.rooms().create(title, RoomType::Custom).send();
        for title in ["one", "two", "three"] {
            create(title).await.unwrap();
        }
        let error = create("four").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.retry_after().is_some_and(|wait| wait > Duration::from_secs(80_000)), "{error}");
        portal.rooms().list().all().await.unwrap();
    })
    .await;
}

/// The pauses here are too short for a minute to pass, so the calls end with what the portal said.
#[tokio::test]
async fn a_limit_of_a_minute_is_told_when_patience_ends() {
    limited(Limits { per_minute: 101, ..Limits::measured() }, async |target, mock| {
        let pause = Duration::from_millis(1);
        let retry = RetryPolicy { first_pause: pause, longest_pause: pause, attempts: 2, ..RetryPolicy::default() };
        let portal = Portal::builder(target.url()).api_key(target.key()).retry(retry).build().unwrap();
        // Another program of the same person uses the minute up.
        join_all((0..10).map(async |_| {
            for _ in 0..11 {
                target.raw().get("people/@self").await;
            }
        }))
        .await;
        mock.clear_requests();
        let error = portal.me().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.advice().contains("101 times a minute"), "{error}");
        assert_eq!(mock.requests().len(), 2);
    })
    .await;
}

/// How many calls the portal refused for being too many.
fn refused(mock: &MockPortal) -> usize {
    mock.requests().iter().filter(|request| request.status == Some(429)).count()
}
