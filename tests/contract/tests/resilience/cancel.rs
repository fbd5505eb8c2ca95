//! Cancelling: the portal is asked to stop only the caller's own operations, and the room shows the result.

use std::time::Duration;

use contract::target::Target;
use docspace::waiting::{Stage, WaitPolicy};
use docspace::{ErrorKind, Portal, Room, RoomType};
use docspace_mock::{Clock, Fault, MockPortal};
use futures::FutureExt;
use futures::channel::oneshot;
use serde_json::json;

use crate::fixture::{patient, slowly};

/// Rooms with folders in them, so that deleting one takes time.
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

/// The paths of what was asked of this portal.
fn sent(mock: &MockPortal, method: &str, path: &str) -> Vec<String> {
    let all = mock.requests().into_iter();
    all.filter(|request| request.method == method && request.path.contains(path)).map(|request| request.path).collect()
}

/// Fires when a wait is at this stage.
fn at(
    stage: Stage,
) -> (impl FnMut(&docspace::waiting::Progress) + Send + 'static, impl Future<Output = ()> + Send + 'static) {
    let (reached, seen) = oneshot::channel();
    let mut reached = Some(reached);
    let callback = move |now: &docspace::waiting::Progress| {
        if now.stage == stage
            && let Some(reached) = reached.take()
        {
            reached.send(()).expect("somebody waits for it");
        }
    };
    (callback, seen.map(drop))
}

async fn is_there(portal: &Portal, room: &Room) -> bool {
    portal.room(room).get().await.is_ok_and(|room| room.is_active())
}

#[tokio::test]
async fn a_deletion_is_stopped_before_it_begins() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let room = &rooms(target, 1).await[0];
        let stopped = portal.room(room).delete().await.unwrap().cancel().await.unwrap();
        assert_eq!(stopped, None);
        assert!(is_there(&portal, room).await);
        let asked = sent(mock, "PUT", "/fileops/terminate");
        assert!(asked.len() == 1 && !asked[0].ends_with("terminate"), "{asked:?}");
        // The portal has let go: a minute later the room is still there.
        mock.advance(Duration::from_secs(60));
        assert!(is_there(&portal, room).await);
        assert!(target.raw().get("files/fileops").await.response().as_array().unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_deletion_is_stopped_half_way() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let room = &rooms(target, 1).await[0];
        let (callback, running) = at(Stage::Running);
        let started = portal.room(room).delete().await.unwrap().on_progress(callback);
        assert_eq!(started.cancel_when(running).wait().await.unwrap(), None);
        assert!(is_there(&portal, room).await);
        assert_eq!(sent(mock, "DELETE", "/files/rooms").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_done_before_is_done() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("Audit"), RoomType::Custom).send().await.unwrap();
        let started = portal.room(&room).archive().await.unwrap();
        while !portal.room(&room).get().await.unwrap().is_archived() {
            target.pause().await;
        }
        assert!(started.cancel().await.unwrap().expect("it was done").is_archived());
    })
    .await;
}

#[tokio::test]
async fn what_is_not_cancelled_ends_as_usual() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = &rooms(target, 1).await[0];
        let started = portal.room(room).archive().await.unwrap();
        let archived = started.cancel_when(futures::future::pending()).wait().await.unwrap();
        assert!(archived.expect("it was not cancelled").is_archived());
        assert!(sent(mock, "PUT", "/fileops/terminate").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_portal_dropped_is_not_started_again_once_it_is_cancelled() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal_with(WaitPolicy { stall: Duration::from_millis(20), ..target.wait_policy() });
        let room = &rooms(target, 1).await[0];
        mock.portal(|portal| portal.lose_operations(1));
        let (callback, accepted) = at(Stage::Accepted);
        let started = portal.room(room).archive().await.unwrap().on_progress(callback);
        assert!(started.cancel_when(accepted).wait().await.unwrap().is_none());
        assert_eq!(sent(mock, "PUT", "/archive").len(), 1);
        assert!(is_there(&portal, room).await);
    })
    .await;
}

#[tokio::test]
async fn templates_and_rooms_from_them_cannot_be_stopped() {
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
            assert!(error.to_string().contains("no way to stop it; wait for the job"), "{error}");
            assert!(mock.requests().is_empty());
        }
    })
    .await;
}

/// The second deletion is answered with the first one's record. The list contains its own record.
#[tokio::test]
async fn cancelling_one_of_several_deletions_stops_only_that_one() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(target, 2).await;
        let first = portal.room(&made[0]).delete().await.unwrap();
        let second = portal.room(&made[1]).delete().await.unwrap();
        mock.clear_requests();
        assert_eq!(second.cancel().await.unwrap(), None);
        assert_eq!(sent(mock, "PUT", "/fileops/terminate").len(), 1);
        first.wait().await.unwrap();
        assert!(!is_there(&portal, &made[0]).await && is_there(&portal, &made[1]).await);
    })
    .await;
}

/// A key for rooms alone may not list operations, so the answer is the only source.
#[tokio::test]
async fn cancelling_a_deletion_of_unknown_id_stops_nothing() {
    slowly(async |target, mock| {
        let key = target.portal().keys().create("rooms only").scopes(["rooms:write"]).send().await.unwrap();
        let portal = Portal::builder(target.url()).api_key(key.key).wait_policy(target.wait_policy()).build().unwrap();
        let room = &rooms(target, 1).await[0];
        let started = portal.room(room).delete().await.unwrap();
        let error = started.cancel().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert!(
            error.to_string().contains("does not report which operation it is; the operation continues"),
            "{error}"
        );
        assert!(sent(mock, "PUT", "/fileops/terminate").is_empty());
    })
    .await;
}

/// The answer names another program's deletion. Stopping that one would be wrong twice.
#[tokio::test]
async fn another_programs_deletion_is_not_stopped() {
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
async fn a_deletion_that_is_over_is_done_whatever_others_delete() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(target, 2).await;
        let started = portal.room(&made[0]).delete().await.unwrap();
        mock.advance(Duration::from_secs(10));
        let other = target.raw().send("DELETE", &format!("files/rooms/{}", made[1].id), json!({})).await;
        assert_eq!(other.response()["finished"], true, "the record of the first one was told to the other program");
        assert_eq!(started.cancel().await.unwrap(), Some(()));
        assert!(sent(mock, "PUT", "/fileops/terminate").is_empty());
    })
    .await;
}

/// Asking the portal to stop one operation takes away the records of all that have ended.
#[tokio::test]
async fn who_waits_for_others_learns_of_their_end_all_the_same() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(target, 2).await;
        let ended = portal.room(&made[0]).archive().await.unwrap();
        mock.advance(Duration::from_secs(10));
        let other = portal.room(&made[1]).delete().await.unwrap();
        assert_eq!(other.cancel().await.unwrap(), None);
        mock.clear_requests();
        assert!(ended.wait().await.unwrap().is_archived());
        assert!(sent(mock, "GET", "/fileops").is_empty(), "the record was there before it was asked for");
    })
    .await;
}

/// The portal has not stopped anything, so what it drops afterwards is started again as ever.
#[tokio::test]
async fn what_may_not_be_stopped_is_not_called_cancelled() {
    let mock = MockPortal::builder().clock(Clock::manual()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let portal = target.portal_with(WaitPolicy { stall: Duration::from_millis(50), ..target.wait_policy() });
        let made = rooms(target, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap();
        mock.faults().next("PUT /files/fileops/terminate", Fault::status(403));
        assert!(portal.operations().terminate_all().await.unwrap_err().is_forbidden());
        let (tell, restarted) = at(Stage::Restarted);
        let work = async {
            restarted.await;
            mock.advance(Duration::from_secs(10));
        };
        let (archived, ()) = tokio::join!(started.on_progress(tell).wait(), work);
        assert!(archived.unwrap().is_archived());
    })
    .await;
}
