//! Calls next to other calls that are not polled.

use std::pin::pin;
use std::time::Duration;

use contract::target::Target;
use docspace::transport::Throttle;
use docspace::{Portal, RoomType};
use docspace_mock::{Fault, MockPortal};
use futures::{FutureExt, StreamExt, stream};
use tokio::time::timeout;

use super::{HANG_TIMEOUT, expect_no_hang, mock, one_at_a_time, portal, rooms};

/// Waits until the portal has received a request.
async fn wait_for_request(mock: &MockPortal) {
    while mock.requests().is_empty() {
        tokio::task::yield_now().await;
    }
}

/// Tags many rooms, and renames each as soon as it is tagged.
async fn tag_and_rename(throttle: Throttle) {
    let mock = mock().await;
    let portal = portal(&mock, throttle);
    let rooms = rooms(&portal, 12).await;
    let work = async {
        let mut tagging = portal.rooms().many(&rooms).add_tags(["closed"]);
        while let Some((id, outcome)) = tagging.next().await {
            outcome.unwrap();
            portal.room(&id).rename(format!("closed {id}")).await.unwrap();
        }
    };
    expect_no_hang(timeout(HANG_TIMEOUT, work).await);
    let listed = portal.rooms().list().tag("closed").all().await.unwrap();
    assert_eq!(listed.iter().filter(|room| room.title.starts_with("closed")).count(), 12);
}

/// Creates many rooms concurrently, and tags each as soon as it is created.
async fn create_and_tag(throttle: Throttle) {
    let mock = mock().await;
    let portal = portal(&mock, throttle);
    let work = async {
        let titles = (0..60).map(|number| format!("client {number}"));
        let making = stream::iter(titles).map(|title| portal.rooms().create(title, RoomType::Custom).send());
        let mut rooms = making.buffer_unordered(30);
        while let Some(room) = rooms.next().await {
            portal.room(room.unwrap()).add_tags(["made"]).await.unwrap();
        }
    };
    expect_no_hang(timeout(HANG_TIMEOUT, work).await);
    assert_eq!(portal.rooms().list().tag("made").total().await.unwrap(), 60);
}

/// Reads many rooms concurrently, and lists the members of each as soon as it has been read.
async fn read_and_list_members(throttle: Throttle) {
    let mock = mock().await;
    let portal = portal(&mock, throttle);
    let made = rooms(&portal, 20).await;
    let work = async {
        let handles: Vec<_> = made.iter().map(|room| portal.room(room)).collect();
        let mut read = stream::iter(&handles).map(|handle| handle.get()).buffer_unordered(10);
        let mut members = 0;
        while let Some(room) = read.next().await {
            members += portal.room(room.unwrap()).members().total().await.unwrap();
        }
        members
    };
    assert_eq!(expect_no_hang(timeout(HANG_TIMEOUT, work).await), 20);
}

/// Repeats each change that the key is not allowed to make.
async fn repeat_forbidden_writes(throttle: Throttle) {
    let mock = mock().await;
    let owner = portal(&mock, Throttle::default());
    let rooms = rooms(&owner, 30).await;
    let key = owner.keys().create("narrow").scopes(["rooms:read"]).send().await.unwrap();
    let portal = Portal::builder(mock.url()).api_key(key.key).throttle(throttle).build().unwrap();
    let work = async {
        let (mut tagging, mut refused) = (portal.rooms().many(&rooms).add_tags(["closed"]), 0);
        while let Some((id, outcome)) = tagging.next().await {
            assert!(outcome.unwrap_err().is_forbidden());
            assert!(portal.room(&id).add_tags(["closed"]).await.unwrap_err().is_forbidden());
            refused += 1;
        }
        refused
    };
    assert_eq!(expect_no_hang(timeout(HANG_TIMEOUT, work).await), 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_inside_a_loop_over_bulk_writes_make_progress() {
    tag_and_rename(Throttle::default().reads(10).writes(3).per_minute(300)).await;
}

#[tokio::test]
async fn writes_inside_a_loop_over_bulk_writes_make_progress_on_one_thread() {
    tag_and_rename(Throttle::default().reads(10).writes(3).per_minute(300)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_inside_a_loop_over_bulk_writes_make_progress_with_a_limit_of_one_write() {
    tag_and_rename(one_at_a_time()).await;
}

#[tokio::test]
async fn writes_inside_a_loop_over_bulk_writes_make_progress_on_one_thread_with_a_limit_of_one_write() {
    tag_and_rename(one_at_a_time()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_inside_a_loop_over_concurrent_writes_make_progress() {
    create_and_tag(Throttle::default()).await;
}

#[tokio::test]
async fn writes_inside_a_loop_over_concurrent_writes_make_progress_on_one_thread() {
    create_and_tag(Throttle::default()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_inside_a_loop_over_concurrent_writes_make_progress_with_a_limit_of_one_write() {
    create_and_tag(one_at_a_time()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_inside_a_loop_over_concurrent_reads_make_progress_with_a_limit_of_one_read() {
    read_and_list_members(one_at_a_time()).await;
}

#[tokio::test]
async fn reads_inside_a_loop_over_concurrent_reads_make_progress_on_one_thread_with_a_limit_of_one_read() {
    read_and_list_members(one_at_a_time()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forbidden_writes_can_be_repeated_inside_a_loop_over_bulk_writes() {
    repeat_forbidden_writes(Throttle::default()).await;
}

#[tokio::test]
async fn forbidden_writes_can_be_repeated_inside_a_loop_over_bulk_writes_on_one_thread() {
    repeat_forbidden_writes(Throttle::default()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forbidden_writes_can_be_repeated_inside_a_loop_over_bulk_writes_with_a_limit_of_one_call() {
    repeat_forbidden_writes(one_at_a_time()).await;
}

/// The first of two changes has begun to request the key's scopes when its caller turns to the
/// second.
#[tokio::test]
async fn the_scopes_are_read_although_the_call_that_requested_them_is_not_polled() {
    let mock = mock().await;
    let portal = portal(&mock, one_at_a_time());
    mock.set_latency(Duration::from_millis(20));
    let (first, second) = (portal.tags(), portal.tags());
    let mut stalled = pin!(first.create("first"));
    assert!(stalled.as_mut().now_or_never().is_none());
    expect_no_hang(timeout(HANG_TIMEOUT, second.create("second")).await).unwrap();
    expect_no_hang(timeout(HANG_TIMEOUT, stalled).await).unwrap();
    let fetches = mock.requests().iter().filter(|request| request.path.ends_with("keys/@self")).count();
    assert_eq!(fetches, 1, "the changes share one request");
}

/// The first call is gone, so the second change must not wait for its request.
#[tokio::test]
async fn the_scopes_are_read_although_the_call_that_requested_them_is_dropped() {
    let mock = mock().await;
    let portal = portal(&mock, one_at_a_time());
    mock.faults().next("GET /keys/@self", Fault::stall());
    let tags = portal.tags();
    let mut dropped = Box::pin(tags.create("first"));
    tokio::select! {
        _ = &mut dropped => panic!("the portal answered the stalled request"),
        () = wait_for_request(&mock) => drop(dropped),
    }
    expect_no_hang(timeout(HANG_TIMEOUT, tags.create("second")).await).unwrap();
    assert_eq!(tags.list().await.unwrap(), ["second"]);
}

/// A portal can outlive the runtime on which it was first used.
#[test]
fn the_scopes_are_read_although_the_runtime_of_the_call_that_requested_them_is_gone() {
    let server = tokio::runtime::Runtime::new().unwrap();
    let mock = server.block_on(mock());
    let portal = portal(&mock, one_at_a_time());
    mock.faults().next("GET /keys/@self", Fault::stall());
    let tags = portal.tags();
    let mut moved = Box::pin(tags.create("first"));
    let first = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    first.block_on(async {
        assert!(moved.as_mut().now_or_never().is_none());
        expect_no_hang(timeout(HANG_TIMEOUT, wait_for_request(&mock)).await);
    });
    drop(first);
    let second = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    second.block_on(async { expect_no_hang(timeout(HANG_TIMEOUT, moved).await) }).unwrap();
}

/// The portal never answers the dropped call, so only the end of its task returns the permit.
#[tokio::test]
async fn dropped_calls_return_their_permit() {
    Target::on_mock(async |target, mock| {
        let builder = Portal::builder(target.url()).api_key(target.key()).throttle(one_at_a_time());
        let portal = builder.build().unwrap();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&room);
        for method in ["GET", "PUT"] {
            mock.clear_requests();
            mock.faults().next(&format!("{method} /files/rooms/*"), Fault::stall());
            let call = async {
                match method {
                    "GET" => handle.get().await.map(drop),
                    _ => handle.rename("y").await.map(drop),
                }
            };
            let mut call = Box::pin(call);
            tokio::select! {
                _ = &mut call => panic!("the portal answered the stalled request"),
                () = wait_for_request(mock) => drop(call),
            }
            expect_no_hang(timeout(HANG_TIMEOUT, handle.get()).await).unwrap();
            expect_no_hang(timeout(HANG_TIMEOUT, handle.rename("z")).await).unwrap();
        }
    })
    .await;
}

/// Calls that are dropped while they wait for the only permit leave it to the calls that still
/// wait.
#[tokio::test(flavor = "multi_thread")]
async fn calls_dropped_in_the_queue_leave_the_permit_to_others() {
    let mock = mock().await;
    mock.set_latency(Duration::from_millis(5));
    let portal = portal(&mock, one_at_a_time());
    let patient = (0..10).map(|_| {
        tokio::spawn({
            let portal = portal.clone();
            async move { portal.me().await }
        })
    });
    let patient: Vec<_> = patient.collect();
    for number in 0..40 {
        let _ = timeout(Duration::from_millis(number / 4), portal.me()).await;
    }
    for call in patient {
        expect_no_hang(timeout(HANG_TIMEOUT, call).await).unwrap().unwrap();
    }
}
