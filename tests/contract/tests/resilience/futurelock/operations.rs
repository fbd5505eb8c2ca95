//! Waits among other waits that are not polled.

use std::time::Duration;

use docspace::Portal;
use docspace::transport::Throttle;
use docspace::waiting::{Event, WaitPolicy};
use docspace_mock::MockPortal;
use futures::StreamExt;
use tokio::time::timeout;

use super::{ONE_AT_A_TIME, PATIENCE, ends, mock, portal, rooms};

/// A limit of one for everything.
fn narrow(mock: &MockPortal) -> Portal {
    let policy = WaitPolicy { in_flight: 1, ..WaitPolicy::default() };
    let builder = Portal::builder(mock.url()).api_key(mock.owner_key());
    builder.throttle(ONE_AT_A_TIME).wait_policy(policy).build().unwrap()
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
    ends(timeout(PATIENCE, work).await);
    assert_eq!(portal.rooms().list().total().await.unwrap(), i64::try_from(count).unwrap());
    let starts = mock.requests().iter().filter(|request| request.path.ends_with("archive")).count();
    assert_eq!(starts, 2 * count, "each is started once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_in_the_loop_over_a_bulk_of_operations_ends() {
    let mock = mock().await;
    archive_and_restore(&mock, portal(&mock, Throttle::default()), 12).await;
}

#[tokio::test]
async fn an_operation_in_the_loop_over_a_bulk_of_operations_ends_with_a_limit_of_one() {
    let mock = mock().await;
    archive_and_restore(&mock, narrow(&mock), 5).await;
}

/// The wait for the first template has just polled the portal when its caller turns to the second.
async fn save_two_templates(mock: &MockPortal, portal: Portal) {
    let room = rooms(&portal, 1).await.remove(0);
    mock.set_latency(Duration::from_millis(100));
    let save = |title: &str| portal.room(&room).save_as_template(title).start();
    let mut waiting = Box::pin(save("one").await.unwrap().wait());
    let _ = timeout(Duration::from_millis(40), &mut waiting).await;
    let second = ends(timeout(PATIENCE, async { save("two").await.unwrap().wait().await }).await);
    assert_eq!(second.unwrap().title, "two");
    assert_eq!(ends(timeout(PATIENCE, waiting).await).unwrap().title, "one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_made_although_the_wait_for_another_is_not_polled() {
    let mock = mock().await;
    save_two_templates(&mock, portal(&mock, Throttle::default())).await;
}

#[tokio::test]
async fn a_template_is_made_although_the_wait_for_another_is_not_polled_with_a_limit_of_one() {
    let mock = mock().await;
    save_two_templates(&mock, narrow(&mock)).await;
}

/// The events of the first archiving lose a `select!` when the second begins.
#[tokio::test(flavor = "multi_thread")]
async fn an_operation_ends_although_the_events_of_another_are_not_read() {
    let mock = mock().await;
    let portal = narrow(&mock);
    let made = rooms(&portal, 2).await;
    mock.set_latency(Duration::from_millis(100));
    let mut events = portal.room(&made[0]).archive().await.unwrap().events();
    tokio::select! {
        _ = events.next() => {}
        () = tokio::time::sleep(Duration::from_millis(50)) => {}
    }
    let other = async { portal.room(&made[1]).archive().await?.wait().await };
    assert!(ends(timeout(PATIENCE, other).await).unwrap().is_archived());
    let last = ends(timeout(PATIENCE, events.map(Result::unwrap).collect::<Vec<_>>()).await).pop();
    assert!(matches!(last, Some(Event::Done(room)) if room.is_archived()));
}
