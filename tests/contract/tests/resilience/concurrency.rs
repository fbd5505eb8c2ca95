//! Many operations at the same time on a slow portal, whose answers may be about the operations of
//! another program.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contract::target::Target;
use docspace::waiting::Stage;
use docspace::{ErrorKind, Room};
use docspace_mock::{Clock, Fault, MockPortal};
use serde_json::json;

use crate::fixture::{patient, rooms, slowly};

#[tokio::test]
async fn operations_in_flight_stay_below_the_capacity_of_the_portal() {
    slowly(async |target, _| {
        let portal = patient(target);
        let made = rooms(&portal, 14).await;
        let restarts = Arc::new(AtomicUsize::new(0));
        let work = made.iter().map(|room| {
            let (handle, restarts) = (portal.room(room), Arc::clone(&restarts));
            async move {
                let started = handle.archive().await?.on_progress(move |now| {
                    restarts.fetch_add(usize::from(now.stage == Stage::Restarted), Ordering::Relaxed);
                });
                started.wait().await
            }
        });
        for archived in futures::future::join_all(work).await {
            assert!(archived.unwrap().is_archived());
        }
        assert_eq!(restarts.load(Ordering::Relaxed), 0, "the portal dropped operations because too many were started");
    })
    .await;
}

/// The answer to a deletion contains the oldest deletion of the person, which may belong to another
/// program.
#[tokio::test]
async fn deletions_are_not_confused_with_deletions_of_another_program() {
    slowly(async |target, _| {
        let portal = patient(target);
        let made = rooms(&portal, 2).await;
        let other = format!("files/rooms/{}", made[0].id);
        target.raw().send("DELETE", &other, json!({})).await.response();
        portal.room(&made[1]).delete().await.unwrap().wait().await.unwrap();
        assert!(portal.room(&made[1]).get().await.unwrap_err().is_not_found());
    })
    .await;
}

/// The answer to the second deletion contains the first id. When the answer to the third contains
/// the second id, the client cannot know which deletion it belongs to.
#[tokio::test]
async fn deletions_are_not_confused_with_earlier_ones_of_the_same_program() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(&portal, 3).await;
        let first = portal.room(&made[0]).delete().await.unwrap();
        mock.advance(Duration::from_millis(50));
        let second = portal.room(&made[1]).delete().await.unwrap();
        first.wait().await.unwrap();
        mock.advance(Duration::from_millis(20));
        let third = portal.room(&made[2]).delete().await.unwrap();
        third.wait().await.unwrap();
        second.wait().await.unwrap();
        for room in made {
            assert!(portal.room(&room).get().await.unwrap_err().is_not_found());
        }
    })
    .await;
}

/// Another program canceled the deletion, so it must not be restarted. Its record reports success.
#[tokio::test]
async fn terminated_deletions_are_neither_restarted_nor_reported_as_done() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(&portal, 1).await;
        let (running, mut seen) = tokio::sync::mpsc::unbounded_channel();
        let started = portal.room(&made[0]).delete().await.unwrap().on_progress(move |now| {
            if now.stage == Stage::Running {
                // The receiver is gone after the deletion was terminated.
                let _ = running.send(());
            }
        });
        let terminating = async {
            seen.recv().await.expect("a running deletion");
            target.raw().send("PUT", "files/fileops/terminate", json!({})).await.response();
        };
        let (outcome, ()) = tokio::join!(started.wait(), terminating);
        assert_eq!(mock.requests().iter().filter(|request| request.method == "DELETE").count(), 1);
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::NotDone);
        assert!(portal.room(&made[0]).get().await.unwrap().is_active());
    })
    .await;
}

#[tokio::test]
async fn two_templates_at_the_same_time_are_both_created() {
    slowly(async |target, _| {
        let portal = patient(target);
        let made = rooms(&portal, 2).await;
        let save = |room: &Room, title: &'static str| {
            let handle = portal.room(room);
            async move { handle.save_as_template(title).start().await?.wait().await }
        };
        let (one, two) = tokio::join!(save(&made[0], "one"), save(&made[1], "two"));
        assert_eq!((&*one.unwrap().title, &*two.unwrap().title), ("one", "two"));
    })
    .await;
}

/// Another program starts a template between the client's poll of the status and its request, so
/// the portal drops the request.
#[tokio::test]
async fn templates_of_other_programs_are_not_reported_as_the_callers() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(&portal, 2).await;
        let other = json!({"roomId": made[0].id, "title": "another program's"});
        target.raw().send("POST", "files/roomtemplate", other).await.response();
        mock.faults().next("GET /files/roomtemplate/status", status_without_template());
        let outcome = async { portal.room(&made[1]).save_as_template("mine").start().await?.wait().await }.await;
        match outcome {
            Ok(template) => assert_eq!(template.title, "mine"),
            Err(error) => assert_eq!(error.kind(), ErrorKind::NotDone, "{error}"),
        }
    })
    .await;
}

/// The status belongs to the whole portal, so its error may be about the template of another
/// program.
#[tokio::test]
async fn templates_succeed_although_the_template_of_another_program_failed() {
    slowly(async |target, _| {
        let portal = patient(target);
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).save_as_template("mine").start().await.unwrap();
        wait_until_complete(target).await;
        let impossible = json!({"roomId": 987_654_321, "title": "another program's"});
        target.raw().send("POST", "files/roomtemplate", impossible).await.response();
        wait_until_complete(target).await;
        assert_eq!(started.wait().await.unwrap().title, "mine");
    })
    .await;
}

/// Polls the status of the template job until it is complete.
async fn wait_until_complete(target: &Target) {
    for _ in 0..1000 {
        let status = target.raw().get("files/roomtemplate/status").await;
        if status.response()["isCompleted"] == true {
            return;
        }
    }
    panic!("the template job did not complete");
}

/// The portal silently drops the second of two templates with the same title. The first template
/// must not be reported as the second.
#[tokio::test]
async fn dropped_templates_are_not_confused_with_earlier_ones_of_the_same_title() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(&portal, 1).await;
        let save = || portal.room(&made[0]).save_as_template("twice").start();
        let first = save().await.unwrap();
        let accepted = json!({"templateId": -1, "progress": 0, "error": "", "isCompleted": false});
        let answer = json!({"response": accepted, "count": 1, "links": [], "status": 0, "statusCode": 200}).to_string();
        let dropped = Fault::status(200).header("Content-Type", "application/json").body(answer);
        mock.faults().next("POST /files/roomtemplate", dropped);
        let (first, second) = tokio::join!(first.wait(), async { save().await?.wait().await });
        assert_eq!(first.unwrap().title, "twice");
        assert_eq!(second.unwrap_err().kind(), ErrorKind::NotDone);
    })
    .await;
}

/// The status of a portal that is not creating a template.
fn status_without_template() -> Fault {
    let body = json!({"count": 0, "links": [], "status": 0, "statusCode": 200});
    Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(body.to_string())
}

/// An operation that never ends, such as a large deletion that no caller waits for, does not block
/// others forever.
#[tokio::test]
async fn operations_without_a_permit_time_out_and_are_not_sent() {
    let mock = MockPortal::builder().clock(Clock::manual()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let hour = Duration::from_secs(3600);
        let policy = target.wait_policy().deadline(Duration::from_millis(100)).stall(hour).in_flight(1);
        let portal = target.portal_with(policy);
        let made = rooms(&portal, 4).await;
        let first = portal.room(&made[0]).archive().await.unwrap();
        let waiters = futures::future::join_all(made[1..].iter().map(|room| {
            let handle = portal.room(room);
            async move { handle.archive().await }
        }));
        let waiters =
            tokio::time::timeout(Duration::from_secs(20), waiters).await.expect("an error before the timeout");
        for outcome in waiters {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind(), error.call()), (ErrorKind::Timeout, Some("archive_room")));
            assert!(error.advice().contains("not started"), "{error}");
        }
        assert_eq!(mock.requests().iter().filter(|request| request.method == "PUT").count(), 1);
        mock.advance(hour);
        first.deadline(hour).wait().await.unwrap();
        drop(portal.room(&made[1]).archive().await.unwrap());
    })
    .await;
}

/// The client must not repeat its request as fast as it can.
#[tokio::test]
async fn template_jobs_time_out_if_the_portal_is_always_busy() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal_with(target.wait_policy().deadline(Duration::from_millis(200)));
        let made = rooms(&portal, 1).await;
        let other = json!({"templateId": 206, "progress": 0.45, "error": "", "isCompleted": false});
        let answer = json!({"response": other, "count": 1, "links": [], "status": 0, "statusCode": 200}).to_string();
        let fault = Fault::status(200).header("Content-Type", "application/json").body(answer);
        mock.faults().next("POST /files/roomtemplate", fault.times(100_000));
        let started = portal.room(&made[0]).save_as_template("mine").start();
        let outcome =
            tokio::time::timeout(Duration::from_secs(20), started).await.expect("an error before the timeout");
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Timeout);
    })
    .await;
}

/// Before the client starts an operation, it may have to poll others. An error of such a poll is
/// reported as an error of the new operation.
#[tokio::test]
async fn errors_before_the_start_are_reported_as_errors_of_the_new_operation() {
    slowly(async |target, mock| {
        let portal = target.portal_with(target.wait_policy().in_flight(1));
        let made = rooms(&portal, 2).await;
        let first = portal.room(&made[0]).archive().await.unwrap();
        mock.faults().next("GET /files/fileops", Fault::status(500));
        let error = portal.room(&made[1]).archive().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Server, Some("archive_room")));
        assert!(error.to_string().contains("not started"), "{error}");
        assert!(first.wait().await.unwrap().is_archived());
        assert!(portal.room(&made[1]).get().await.unwrap().is_active());
    })
    .await;
}
