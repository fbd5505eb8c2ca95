//! Much at once on a portal that takes its time, where what one program starts is answered with what another one did.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contract::target::Target;
use docspace::waiting::{Stage, WaitPolicy};
use docspace::{ErrorKind, Room};
use docspace_mock::{Clock, Fault, MockPortal};
use serde_json::json;

use crate::fixture::{patient, rooms, slowly};

#[tokio::test]
async fn few_operations_are_in_flight_at_once() {
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
        assert_eq!(restarts.load(Ordering::Relaxed), 0, "too many were started at once, so the portal dropped some");
    })
    .await;
}

/// A deletion is answered with the caller's oldest one, so the id that came back may belong to another program.
#[tokio::test]
async fn a_deletion_is_not_judged_by_that_of_another_program() {
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

/// The second deletion is answered with the first one's id, so its own is never told; when the third is answered with
/// it, nobody can know whose it is.
#[tokio::test]
async fn a_deletion_is_not_judged_by_an_earlier_one_of_the_same_program() {
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

/// Somebody stopped it, so it must not be started again; its record says that it ended well.
#[tokio::test]
async fn a_deletion_that_was_terminated_is_neither_repeated_nor_reported_as_done() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(&portal, 1).await;
        let (running, mut seen) = tokio::sync::mpsc::unbounded_channel();
        let started = portal.room(&made[0]).delete().await.unwrap().on_progress(move |now| {
            if now.stage == Stage::Running {
                // Nobody listens any more once it was terminated.
                let _ = running.send(());
            }
        });
        let terminating = async {
            seen.recv().await.expect("it runs");
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
async fn two_templates_at_once_are_both_made() {
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

/// Somebody takes the only place between the look at it and the start, so the portal drops what is started.
#[tokio::test]
async fn a_template_that_was_dropped_for_anothers_is_not_reported_as_that() {
    slowly(async |target, mock| {
        let portal = patient(target);
        let made = rooms(&portal, 2).await;
        let other = json!({"roomId": made[0].id, "title": "another program's"});
        target.raw().send("POST", "files/roomtemplate", other).await.response();
        mock.faults().next("GET /files/roomtemplate/status", nothing_known());
        let outcome = async { portal.room(&made[1]).save_as_template("mine").start().await?.wait().await }.await;
        match outcome {
            Ok(template) => assert_eq!(template.title, "mine"),
            Err(error) => assert_eq!(error.kind(), ErrorKind::NotDone, "{error}"),
        }
    })
    .await;
}

/// The status belongs to the portal: what went wrong for somebody else is no reason to report a failure.
#[tokio::test]
async fn a_template_is_not_blamed_for_what_went_wrong_with_another() {
    slowly(async |target, _| {
        let portal = patient(target);
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).save_as_template("mine").start().await.unwrap();
        finish(target).await;
        let impossible = json!({"roomId": 987_654_321, "title": "another program's"});
        target.raw().send("POST", "files/roomtemplate", impossible).await.response();
        finish(target).await;
        assert_eq!(started.wait().await.unwrap().title, "mine");
    })
    .await;
}

/// Reads the status of the template that is being made until it is complete.
async fn finish(target: &Target) {
    for _ in 0..1000 {
        let status = target.raw().get("files/roomtemplate/status").await;
        if status.response()["isCompleted"] == true {
            return;
        }
    }
    panic!("the template is never complete");
}

/// Two of one title, and the portal drops the second without a word: the first one is not the second.
#[tokio::test]
async fn a_template_that_was_dropped_is_not_mistaken_for_an_earlier_one_of_its_title() {
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

/// What a portal answers that makes no template.
fn nothing_known() -> Fault {
    let body = json!({"count": 0, "links": [], "status": 0, "statusCode": 200});
    Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(body.to_string())
}

/// What is started and never ends, as a large deletion of somebody who does not wait for it, holds nobody up for ever.
#[tokio::test]
async fn who_gets_no_turn_is_told_in_time_and_nothing_is_sent() {
    let mock = MockPortal::builder().clock(Clock::manual()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let hour = Duration::from_secs(3600);
        let policy =
            WaitPolicy { deadline: Duration::from_millis(100), stall: hour, in_flight: 1, ..target.wait_policy() };
        let portal = target.portal_with(policy);
        let made = rooms(&portal, 4).await;
        let first = portal.room(&made[0]).archive().await.unwrap();
        let waiters = futures::future::join_all(made[1..].iter().map(|room| {
            let handle = portal.room(room);
            async move { handle.archive().await }
        }));
        let waiters = tokio::time::timeout(Duration::from_secs(20), waiters).await.expect("they are told");
        for outcome in waiters {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind(), error.call()), (ErrorKind::Timeout, Some("archive_room")));
            assert!(error.advice().contains("was not started"), "{error}");
        }
        assert_eq!(mock.requests().iter().filter(|request| request.method == "PUT").count(), 1);
        mock.advance(hour);
        first.deadline(hour).wait().await.unwrap();
        drop(portal.room(&made[1]).archive().await.unwrap());
    })
    .await;
}

/// It must not ask again and again as fast as it can, each time to make one.
#[tokio::test]
async fn who_is_always_too_slow_for_a_template_gives_up_in_time() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal_with(WaitPolicy { deadline: Duration::from_millis(200), ..target.wait_policy() });
        let made = rooms(&portal, 1).await;
        let other = json!({"templateId": 206, "progress": 0.45, "error": "", "isCompleted": false});
        let answer = json!({"response": other, "count": 1, "links": [], "status": 0, "statusCode": 200}).to_string();
        let fault = Fault::status(200).header("Content-Type", "application/json").body(answer);
        mock.faults().next("POST /files/roomtemplate", fault.times(100_000));
        let started = portal.room(&made[0]).save_as_template("mine").start();
        let outcome = tokio::time::timeout(Duration::from_secs(20), started).await.expect("it gives up");
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Timeout);
    })
    .await;
}

/// Before an operation is started, others may have to be looked at; nobody asked about those.
#[tokio::test]
async fn what_keeps_an_operation_from_being_started_is_told_as_that() {
    slowly(async |target, mock| {
        let portal = target.portal_with(WaitPolicy { in_flight: 1, ..target.wait_policy() });
        let made = rooms(&portal, 2).await;
        let first = portal.room(&made[0]).archive().await.unwrap();
        mock.faults().next("GET /files/fileops", Fault::status(500));
        let error = portal.room(&made[1]).archive().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Server, Some("archive_room")));
        assert!(error.to_string().contains("it was not started"), "{error}");
        assert!(first.wait().await.unwrap().is_archived());
        assert!(portal.room(&made[1]).get().await.unwrap().is_active());
    })
    .await;
}
