//! Operations of a portal: how the client starts and polls them, and how a caller lists and cancels
//! them.

use std::time::Duration;

use contract::target::Target;
use docspace::operations::{OperationId, OperationType};
use docspace::{ErrorKind, Portal, Room, RoomType};
use docspace_mock::{Clock, MockPortal};
use serde_json::{Value, json};

async fn rooms(portal: &Portal, count: usize) -> Vec<Room> {
    let mut made = Vec::new();
    for number in 0..count {
        made.push(portal.rooms().create(format!("room {number}"), RoomType::Custom).send().await.unwrap());
    }
    made
}

/// Starts an operation as another program.
async fn start(target: &Target, method: &str, path: String) -> OperationId {
    let started = target.raw().send(method, &path, json!({})).await;
    serde_json::from_value(started.response()["id"].clone()).expect("an id")
}

fn sent(mock: &MockPortal, method: &str, path: &str) -> usize {
    mock.requests().iter().filter(|request| request.method == method && request.path.ends_with(path)).count()
}

#[tokio::test]
async fn operations_are_listed_until_their_end_was_reported() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 3).await;
        let moving = start(target, "PUT", format!("files/rooms/{}/archive", made[0].id)).await;
        let other = start(target, "PUT", format!("files/rooms/{}/archive", made[1].id)).await;
        start(target, "DELETE", format!("files/rooms/{}", made[2].id)).await;
        mock.advance(Duration::from_secs(10));

        let operations = portal.operations();
        assert!(operations.get(other).await.unwrap().is_some_and(|operation| operation.is_done()));
        assert_eq!(operations.get(other).await.unwrap(), None);
        let moves = operations.list_of(OperationType::Move).await.unwrap();
        assert_eq!(moves.iter().map(|operation| operation.id).collect::<Vec<_>>(), [moving]);
        let left = operations.list().await.unwrap();
        assert_eq!(left.iter().map(|operation| operation.operation).collect::<Vec<_>>(), [OperationType::Delete]);
        assert!(operations.list().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn unlistable_operation_types_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        for kind in [OperationType::Import, OperationType::Convert] {
            let error = portal.operations().list_of(kind).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        }
        assert!(mock.requests().is_empty());
        for kind in [OperationType::Move, OperationType::Copy, OperationType::Delete, OperationType::Duplicate] {
            assert!(portal.operations().list_of(kind).await.unwrap().is_empty());
        }
    })
    .await;
}

/// A list removes the records from the portal, but waits of the same client receive them.
#[tokio::test]
async fn waits_succeed_after_a_list_removed_the_record() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap();
        mock.advance(Duration::from_secs(10));
        assert_eq!(portal.operations().list().await.unwrap().len(), 1);
        mock.clear_requests();
        assert!(started.wait().await.unwrap().is_archived());
        assert_eq!(sent(mock, "GET", "/files/fileops"), 0);
    })
    .await;
}

#[tokio::test]
async fn terminated_operations_are_not_restarted() {
    // The clock is so slow that the deletion is in progress when it is canceled.
    let mock = MockPortal::builder().clock(Clock::stepping(Duration::from_millis(20))).start().await;
    Target::run_on(mock.expect("a mock portal"), async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 2).await;
        let started = portal.room(&made[0]).delete().await.unwrap();
        let listed = portal.operations().list().await.unwrap();
        assert!(portal.operations().cancel(listed[0].id).await.unwrap().is_empty());
        let error = started.wait().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert!(error.to_string().contains("cancel"), "{error}");
        assert_eq!(sent(mock, "DELETE", &made[0].id.to_string()), 1);

        let started = portal.room(&made[1]).delete().await.unwrap();
        portal.operations().cancel_all().await.unwrap();
        assert!(started.wait().await.is_err());
        assert_eq!(portal.rooms().list().all().await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn keys_for_rooms_only_cannot_list_operations() {
    Target::on_mock(async |target, _| {
        let body = json!({"name": "rooms only", "permissions": ["rooms:write"]});
        let made: Value = target.raw().send("POST", "keys", body).await.response().clone();
        let builder = Portal::builder(target.url()).api_key(made["key"].as_str().expect("a key"));
        let error = builder.build().unwrap().operations().list().await.unwrap_err();
        assert!(error.is_forbidden(), "{error}");
    })
    .await;
}

/// A portal rejects these calls without a body, and does not keep the record of an operation with
/// `deleteAfter`.
#[tokio::test]
async fn operations_are_started_with_delete_after_false() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&room);
        handle.archive().await.unwrap().wait().await.unwrap();
        handle.restore().await.unwrap().wait().await.unwrap();
        handle.delete().await.unwrap().wait().await.unwrap();
        let started = mock.requests().into_iter().filter(|request| matches!(&*request.method, "PUT" | "DELETE"));
        let bodies: Vec<_> = started.map(|request| request.json()).collect();
        assert_eq!(bodies, vec![Some(json!({"deleteAfter": false})); 3]);
    })
    .await;
}

#[tokio::test]
async fn operations_are_polled_only_by_their_id() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        portal.room(&room).archive().await.unwrap().wait().await.unwrap();
        let polls: Vec<_> = mock.requests().into_iter().filter(|request| request.path.ends_with("/fileops")).collect();
        assert!(!polls.is_empty());
        assert!(polls.iter().all(|poll| poll.query.starts_with("id=")), "{polls:?}");
    })
    .await;
}
