//! Canceling operations: the client cancels only its own operations, and reads the result from the
//! room.

use std::time::Duration;

use contract::target::Target;
use docspace::waiting::Stage;
use docspace::{ErrorKind, Portal, Room, RoomType};
use docspace_mock::{Clock, Fault, MockPortal};
use futures::FutureExt;
use futures::channel::oneshot;
use serde_json::json;

use crate::fixture::{patient, slowly};

/// Creates rooms with folders, so that deleting one takes time.
async fn rooms(target: &Target, count: usize) -> Vec<Room> {
    let mut made = Vec::new();
    for number in 0..count {
        let room = target.portal().rooms().create(format!("room {number}"), RoomType::Custom).send().await.unwrap();
        for folder in 0..5 {
            let (path, body) = (format!("files/folder/{}", room.id), json!({"title": format!("folder {folder}")}));
            target.raw().send("POST", &path, body).await.response();
        }
        made.push(room);
    }
    made
}

/// The paths of the requests with this method whose path contains this text.
fn sent(mock: &MockPortal, method: &str, path: &str) -> Vec<String> {
    let all = mock.requests().into_iter();
    all.filter(|request| request.method == method && request.path.contains(path)).map(|request| request.path).collect()
}

/// A progress callback, and a future that completes when a wait reaches this stage.
fn notify_at(
    stage: Stage,
) -> (impl FnMut(&docspace::waiting::Progress) + Send + 'static, impl Future<Output = ()> + Send + 'static) {
    let (reached, seen) = oneshot::channel();
    let mut reached = Some(reached);
    let callback = move |now: &docspace::waiting::Progress| {
        if now.stage == stage
            && let Some(reached) = reached.take()
        {
            reached.send(()).expect("a receiver");
        }
    };
    (callback, seen.map(drop))
}

async fn is_active_on(portal: &Portal, room: &Room) -> bool {
    portal.room(room).get().await.is_ok_and(|room| room.is_active())
}

#[tokio::test]
async fn deletions_can_be_canceled_before_they_begin() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let room = &rooms(target, 1).await[0];
        let canceled = portal.room(room).delete().await.unwrap().cancel().await.unwrap();
        assert_eq!(canceled, None);
        assert!(is_active_on(&portal, room).await);
        let cancellations = sent(mock, "PUT", "/fileops/terminate");
        assert!(cancellations.len() == 1 && !cancellations[0].ends_with("terminate"), "{cancellations:?}");
        // The room still exists a minute later, so the portal has not executed the deletion.
        mock.advance(Duration::from_secs(60));
        assert!(is_active_on(&portal, room).await);
        assert!(target.raw().get("files/fileops").await.response().as_array().unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn deletions_can_be_canceled_while_they_run() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let room = &rooms(target, 1).await[0];
        let (callback, running) = notify_at(Stage::Running);
        let started = portal.room(room).delete().await.unwrap().on_progress(callback);
        assert_eq!(started.cancel_when(running).wait().await.unwrap(), None);
        assert!(is_active_on(&portal, room).await);
        assert_eq!(sent(mock, "DELETE", "/files/rooms").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn canceling_a_finished_operation_returns_its_result() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("Audit"), RoomType::Custom).send().await.unwrap();
        let started = portal.room(&room).archive().await.unwrap();
        while !portal.room(&room).get().await.unwrap().is_archived() {
            target.pause().await;
        }
        assert!(started.cancel().await.unwrap().expect("a result").is_archived());
    })
    .await;
}

#[tokio::test]
async fn operations_end_as_usual_if_cancel_when_does_not_fire() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = &rooms(target, 1).await[0];
        let started = portal.room(room).archive().await.unwrap();
        let archived = started.cancel_when(futures::future::pending::<()>()).wait().await.unwrap();
        assert!(archived.expect("a result").is_archived());
        assert!(sent(mock, "PUT", "/fileops/terminate").is_empty());
    })
    .await;
}

#[tokio::test]
async fn dropped_operations_are_not_restarted_after_they_are_canceled() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal_with(target.wait_policy().stall(Duration::from_millis(20)));
        let room = &rooms(target, 1).await[0];
        mock.portal(|portal| portal.lose_operations(1));
        let (callback, accepted) = notify_at(Stage::Accepted);
        let started = portal.room(room).archive().await.unwrap().on_progress(callback);
        assert!(started.cancel_when(accepted).wait().await.unwrap().is_none());
        assert_eq!(sent(mock, "PUT", "/archive").len(), 1);
        assert!(is_active_on(&portal, room).await);
    })
    .await;
}

#[tokio::test]
async fn template_jobs_cannot_be_canceled() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let room = &rooms(target, 1).await[0];
        let template = portal.room(room).save_as_template("Audit").start().await.unwrap().wait().await.unwrap();
        let from = portal.template(&template).create_room("next").start().await.unwrap();
        let save = portal.room(room).save_as_template("other").start().await.unwrap();
        for started in [from, save] {
            mock.clear_requests();
            let error = started.cancel().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.advice().contains("wait"), "{error}");
            assert!(mock.requests().is_empty());
        }
    })
    .await;
}

/// The answer to the second deletion contains the record of the first one. The list of operations
/// contains both records.
#[tokio::test]
async fn canceling_one_of_several_deletions_cancels_only_that_one() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(target, 2).await;
        let first = portal.room(&made[0]).delete().await.unwrap();
        let second = portal.room(&made[1]).delete().await.unwrap();
        mock.clear_requests();
        assert_eq!(second.cancel().await.unwrap(), None);
        assert_eq!(sent(mock, "PUT", "/fileops/terminate").len(), 1);
        first.wait().await.unwrap();
        assert!(!is_active_on(&portal, &made[0]).await && is_active_on(&portal, &made[1]).await);
    })
    .await;
}

/// A key with only the scope for rooms cannot list operations, so the client knows only the id in
/// the answer.
#[tokio::test]
async fn canceling_a_deletion_with_an_unknown_id_sends_nothing() {
    slowly(async |target, mock| {
        let key = target.portal().keys().create("rooms only").scopes(["rooms:write"]).send().await.unwrap();
        let portal = Portal::builder(target.url()).api_key(key.key).wait_policy(target.wait_policy()).build().unwrap();
        let room = &rooms(target, 1).await[0];
        let started = portal.room(room).delete().await.unwrap();
        let error = started.cancel().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert!(error.to_string().contains("continues"), "{error}");
        assert!(sent(mock, "PUT", "/fileops/terminate").is_empty());
    })
    .await;
}

/// The answer contains the id of another program's deletion, which must not be canceled.
#[tokio::test]
async fn deletions_of_other_programs_are_not_canceled() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(target, 2).await;
        target.raw().send("DELETE", &format!("files/rooms/{}", made[0].id), json!({})).await.response();
        let started = portal.room(&made[1]).delete().await.unwrap();
        assert_eq!(started.cancel().await.unwrap_err().kind(), ErrorKind::NotDone);
        assert!(sent(mock, "PUT", "/fileops/terminate").is_empty());
        mock.advance(Duration::from_secs(10));
        for room in &made {
            assert!(portal.room(room).get().await.unwrap_err().is_not_found());
        }
    })
    .await;
}

#[tokio::test]
async fn canceling_a_finished_deletion_succeeds_after_another_program_read_its_record() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(target, 2).await;
        let started = portal.room(&made[0]).delete().await.unwrap();
        mock.advance(Duration::from_secs(10));
        let other = target.raw().send("DELETE", &format!("files/rooms/{}", made[1].id), json!({})).await;
        assert_eq!(other.response()["finished"], true, "the other program received the record of the first deletion");
        assert_eq!(started.cancel().await.unwrap(), Some(()));
        assert!(sent(mock, "PUT", "/fileops/terminate").is_empty());
    })
    .await;
}

/// When the portal cancels one operation, it removes the records of all finished ones.
#[tokio::test]
async fn canceling_one_operation_keeps_the_results_of_others() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(target, 2).await;
        let ended = portal.room(&made[0]).archive().await.unwrap();
        mock.advance(Duration::from_secs(10));
        let other = portal.room(&made[1]).delete().await.unwrap();
        assert_eq!(other.cancel().await.unwrap(), None);
        mock.clear_requests();
        assert!(ended.wait().await.unwrap().is_archived());
        assert!(sent(mock, "GET", "/fileops").is_empty(), "the client received the record before the wait began");
    })
    .await;
}

/// The portal has canceled nothing, so an operation that stalls afterwards is restarted as usual.
#[tokio::test]
async fn stalled_operations_are_restarted_after_a_refused_cancellation() {
    let mock = MockPortal::builder().clock(Clock::manual()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let portal = target.portal_with(target.wait_policy().stall(Duration::from_millis(50)));
        let made = rooms(target, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap();
        mock.faults().next("PUT /files/fileops/terminate", Fault::status(403));
        assert!(portal.operations().cancel_all().await.unwrap_err().is_forbidden());
        let (callback, restarted) = notify_at(Stage::Restarted);
        let work = async {
            restarted.await;
            mock.advance(Duration::from_secs(10));
        };
        let (archived, ()) = tokio::join!(started.on_progress(callback).wait(), work);
        assert!(archived.unwrap().is_archived());
    })
    .await;
}
