//! Waits next to other waits that are not polled.

use std::time::Duration;

use docspace::Portal;
use docspace::transport::Throttle;
use docspace::waiting::{Event, WaitPolicy};
use docspace_mock::MockPortal;
use futures::StreamExt;
use tokio::time::timeout;

use super::{HANG_TIMEOUT, expect_no_hang, mock, one_at_a_time, portal, rooms};

/// A client with a limit of one for reads, writes and operations.
fn portal_with_limits_of_one(mock: &MockPortal) -> Portal {
    let policy = WaitPolicy::default().in_flight(1);
    let builder = Portal::builder(mock.url()).api_key(mock.owner_key());
    builder.throttle(one_at_a_time()).wait_policy(policy).build().unwrap()
}

/// Archives many rooms and restores each as soon as it is archived.
async fn archive_and_restore(mock: &MockPortal, portal: Portal, count: usize) {
    let rooms = rooms(&portal, count).await;
    let work = async {
        let mut archiving = portal.rooms().many(&rooms).archive();
        while let Some((id, outcome)) = archiving.next().await {
            outcome.unwrap();
            portal.room(&id).restore().await.unwrap().wait().await.unwrap();
        }
    };
    expect_no_hang(timeout(HANG_TIMEOUT, work).await);
    assert_eq!(portal.rooms().list().total().await.unwrap(), u64::try_from(count).unwrap());
    let starts = mock.requests().iter().filter(|request| request.path.ends_with("archive")).count();
    assert_eq!(starts, 2 * count, "each operation was started once");
}

#[tokio::test(flavor = "multi_thread")]
async fn operations_inside_a_loop_over_bulk_operations_finish() {
    let mock = mock().await;
    archive_and_restore(&mock, portal(&mock, Throttle::default()), 12).await;
}

#[tokio::test]
async fn operations_inside_a_loop_over_bulk_operations_finish_with_a_limit_of_one() {
    let mock = mock().await;
    archive_and_restore(&mock, portal_with_limits_of_one(&mock), 5).await;
}

/// The wait for the first template has just polled the portal when its caller turns to the second.
async fn save_two_templates(mock: &MockPortal, portal: Portal) {
    let room = rooms(&portal, 1).await.remove(0);
    mock.set_latency(Duration::from_millis(100));
    let save = |title: &str| portal.room(&room).save_as_template(title).start();
    let mut waiting = Box::pin(save("one").await.unwrap().wait());
    let _ = timeout(Duration::from_millis(40), &mut waiting).await;
    let second = expect_no_hang(timeout(HANG_TIMEOUT, async { save("two").await.unwrap().wait().await }).await);
    assert_eq!(second.unwrap().title, "two");
    assert_eq!(expect_no_hang(timeout(HANG_TIMEOUT, waiting).await).unwrap().title, "one");
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_are_created_although_the_wait_for_another_is_not_polled() {
    let mock = mock().await;
    save_two_templates(&mock, portal(&mock, Throttle::default())).await;
}

#[tokio::test]
async fn templates_are_created_although_the_wait_for_another_is_not_polled_with_a_limit_of_one() {
    let mock = mock().await;
    save_two_templates(&mock, portal_with_limits_of_one(&mock)).await;
}

/// The events of the first archiving lose a `select!` when the second begins.
#[tokio::test(flavor = "multi_thread")]
async fn operations_finish_although_the_events_of_another_are_not_read() {
    let mock = mock().await;
    let portal = portal_with_limits_of_one(&mock);
    let made = rooms(&portal, 2).await;
    mock.set_latency(Duration::from_millis(100));
    let mut events = portal.room(&made[0]).archive().await.unwrap().events();
    tokio::select! {
        _ = events.next() => {}
        () = tokio::time::sleep(Duration::from_millis(50)) => {}
    }
    let other = async { portal.room(&made[1]).archive().await?.wait().await };
    assert!(expect_no_hang(timeout(HANG_TIMEOUT, other).await).unwrap().is_archived());
    let last = expect_no_hang(timeout(HANG_TIMEOUT, events.map(Result::unwrap).collect::<Vec<_>>()).await).pop();
    assert!(matches!(last, Some(Event::Done(room)) if room.is_archived()));
}
