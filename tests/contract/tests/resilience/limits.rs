//! A portal with rate limits, some lower than usual: the client adapts after a refused call.

use std::time::Duration;

use contract::target::Target;
use docspace::transport::{RetryPolicy, Throttle};
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::{Fault, Limits, MockPortal};
use futures::future::{join_all, try_join_all};

/// Runs a test on a mock portal with these limits and with a latency that makes calls overlap.
async fn limited(limits: Limits, test: impl AsyncFnOnce(&Target, &MockPortal)) {
    let mock = MockPortal::builder().start().await.expect("a mock portal");
    mock.set_latency(Duration::from_millis(20));
    mock.portal(|portal| portal.set_limits(Some(limits)));
    Target::run_on(mock, test).await;
}

/// Sixty reads at the same time, of which the portal allows five. Refused calls were not executed,
/// so the client retries them. After the first refusals, the portal refuses hardly any other call.
#[tokio::test]
async fn bursts_of_reads_adapt_to_the_reported_limit() {
    limited(Limits { reads_at_once: 5, ..Limits::measured() }, async |target, mock| {
        let portal = target.portal();
        let burst = || try_join_all((0..60).map(|_| portal.me()));
        assert_eq!(burst().await.unwrap().len(), 60);
        // The client sends the first 50 before it knows the limit, and the portal accepts 5 of
        // them.
        let first = refused(mock);
        assert!((1..=90).contains(&first), "{first} calls were refused");
        mock.clear_requests();
        assert_eq!(burst().await.unwrap().len(), 60);
        let later = refused(mock);
        assert!(later <= 12, "{later} of 60 calls were refused although the limit is known");
    })
    .await;
}

#[tokio::test]
async fn writes_adapt_to_their_own_limit_and_are_all_executed() {
    limited(Limits { writes_at_once: 3, ..Limits::measured() }, async |target, _| {
        let portal = target.portal();
        let rooms = (0..20).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
        let made = try_join_all(rooms).await.unwrap();
        assert_eq!(made.len(), 20);
        assert_eq!(portal.rooms().list().all().await.unwrap().len(), 20, "each room was created once");
    })
    .await;
}

/// The time limit for retries begins when the request is sent.
#[tokio::test]
async fn calls_are_retried_after_a_long_wait_for_a_permit() {
    limited(Limits::measured(), async |target, mock| {
        let retry = RetryPolicy::default().total(Duration::from_millis(400));
        let throttle = Throttle::default().reads(1);
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

/// A program that waits for a quarter of an hour looks as if it hangs.
#[tokio::test]
async fn sensitive_limits_are_not_retried() {
    limited(Limits::measured(), async |target, mock| {
        let portal = target.portal();
        for number in 0..5 {
            portal.keys().create(format!("key {number}")).send().await.unwrap();
        }
        mock.clear_requests();
        let error = portal.keys().create("one too many").send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::RateLimited, Some(429)));
        assert!(error.advice().contains("15"), "{error}");
        assert!(error.is_retryable());
        assert_eq!(mock.requests().len(), 1);
    })
    .await;
}

/// Of all limits, only the daily limit reports how long it lasts.
#[tokio::test]
async fn daily_limits_are_reported_and_not_retried() {
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

/// The retry pauses are shorter than a minute, so the calls fail with the error of the portal.
#[tokio::test]
async fn minute_limits_are_reported_after_the_last_retry() {
    limited(Limits { per_minute: 101, ..Limits::measured() }, async |target, mock| {
        let pause = Duration::from_millis(1);
        let retry = RetryPolicy::default().first_pause(pause).longest_pause(pause).attempts(2);
        let portal = Portal::builder(target.url()).api_key(target.key()).retry(retry).build().unwrap();
        // Another program of the same person uses up the calls of this minute.
        join_all((0..10).map(async |_| {
            for _ in 0..11 {
                target.raw().get("people/@self").await;
            }
        }))
        .await;
        mock.clear_requests();
        let error = portal.me().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.advice().contains("101"), "{error}");
        assert_eq!(mock.requests().len(), 2);
    })
    .await;
}

/// The number of calls that the portal refused because of a limit.
fn refused(mock: &MockPortal) -> usize {
    mock.requests().iter().filter(|request| request.status == Some(429)).count()
}
