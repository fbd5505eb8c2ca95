//! Unusual programs and portals: cancellation at any moment, deadlines of any length, other
//! programs of the same person, rooms that cannot be read, answers that are lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{FutureExt, StreamExt};
use reqwest::Method;
use tokio::time::{Instant, sleep, timeout};

use super::{Scene, Setting, simulate};
use crate::transport::Throttle;
use crate::waiting::WaitPolicy;
use crate::{ErrorKind, Portal, RoomId};

const MINUTE: Duration = Duration::from_secs(60);

fn number(id: &RoomId) -> i64 {
    id.number().unwrap().into()
}

/// A portal creates one template at a time, and another program's template is in progress.
#[test]
fn template_starts_behind_another_programs_template_poll_with_pauses() {
    for starters in [1usize, 5] {
        let policy = WaitPolicy::default().deadline(MINUTE);
        simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
            scene.wire.fill(&rooms[14], 20_000);
            let elsewhere = Portal::builder("https://acme.example.com").api_key(&*scene.key);
            let elsewhere = elsewhere.http_client(super::HTTP.clone()).transport(scene.wire.clone()).build().unwrap();
            drop(elsewhere.room(&rooms[14]).save_as_template("other").start().await.unwrap());
            sleep(Duration::from_secs(5)).await;
            let before = scene.wire.sent(&Method::GET, "/status");
            let handles: Vec<_> = rooms.iter().take(starters).map(|id| scene.portal.room(id)).collect();
            let starts = handles.iter().map(|room| room.save_as_template(format!("t{}", room.id())).start());
            let began = Instant::now();
            for outcome in futures::future::join_all(starts).await {
                assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Timeout);
            }
            assert_eq!(began.elapsed().as_secs(), 60);
            let polls = scene.wire.sent(&Method::GET, "/status") - before;
            assert!(polls <= 40 * starters, "{polls} polls in a minute by {starters} starters");
        });
    }
}

/// Two bulks share the queue, and the second is canceled while its rooms wait for a place.
#[test]
fn canceled_bulks_start_nothing_that_waits_in_the_queue() {
    simulate(Setting { files: 3_000, ..Setting::default() }, async |scene, rooms| {
        let (first, second) = (rooms[..5].to_vec(), rooms[5..10].to_vec());
        let mut one = scene.portal.rooms().many(&first).delete();
        let portal = scene.portal.clone();
        let two_rooms = second.clone();
        let two = async {
            sleep(Duration::from_secs(3)).await;
            portal.rooms().many(&two_rooms).delete().cancel_when(sleep(Duration::from_secs(5))).finish().await
        };
        let run = async { while one.next().await.is_some() {} };
        let (_, outcomes) = tokio::join!(run, two);
        assert!(outcomes.done.is_empty());
        let sent: usize = second.iter().map(|id| scene.wire.sent(&Method::DELETE, &format!("/{id}"))).sum();
        assert_eq!(sent, 0, "deletions sent after cancel");
    });
}

/// The stall time is endless, so it must not decide when a dropped start frees its place.
#[test]
fn dropped_starts_free_their_places_with_an_endless_stall_time() {
    let limits = Throttle::default().reads(1).writes(1).per_minute(1500);
    let policy = WaitPolicy::default().in_flight(1).stall(Duration::MAX);
    for millis in [0, 1, 5, 20, 50] {
        let setting = Setting { limits: limits.clone(), policy: policy.clone(), ..Setting::default() };
        simulate(setting, async |scene, rooms| {
            let _ = timeout(Duration::from_millis(millis), scene.portal.room(&rooms[0]).archive()).await;
            let other = scene.portal.room(&rooms[1]).archive().await;
            assert!(other.is_ok(), "{millis} ms: {}", other.unwrap_err());
        });
    }
}

#[test]
fn a_stall_time_of_zero_causes_few_restarts() {
    let policy = WaitPolicy::default().stall(Duration::ZERO);
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        scene.wire.lose(1000);
        scene.portal.room(&rooms[0]).archive().await.unwrap().wait().await.unwrap_err();
        let starts = scene.wire.sent(&Method::PUT, "/archive");
        assert!(starts < 50, "{starts} starts in ten minutes");
    });
    let policy = WaitPolicy::default().stall(Duration::ZERO);
    simulate(Setting { policy, files: 3000, ..Setting::default() }, async |scene, rooms| {
        let outcomes = scene.portal.rooms().many(&rooms[..5]).delete().finish().await;
        let starts = scene.wire.sent(&Method::DELETE, "");
        assert!(starts <= 10 && outcomes.failed.is_empty(), "{starts} deletions");
    });
}

/// Lets this program's deletion end, and lets another program remove its record from the list by
/// deleting a large room, before this program reads the list. The list then contains only the other
/// program's deletion.
fn delete_elsewhere_before_the_list_is_read(scene: &Scene, room: &RoomId) {
    scene.wire.fill(room, 12_000);
    let (other, key) = (number(room), scene.key.clone());
    let mut is_done = false;
    scene.wire.script(move |operation, _, is_executed, core| {
        if operation == "list_operations_by_type" && !is_executed && !is_done {
            is_done = true;
            core.advance(Duration::from_millis(500));
            let request = docspace_mock::Request::new("DELETE", &format!("/api/2.0/files/rooms/{other}"));
            let request = request.header("Authorization", &format!("Bearer {key}")).json(&serde_json::json!({}));
            core.handle(&request);
        }
        None
    });
}

#[test]
fn canceling_a_finished_deletion_does_not_cancel_another_programs() {
    simulate(Setting::default(), async |scene, rooms| {
        delete_elsewhere_before_the_list_is_read(&scene, &rooms[1]);
        let deleting = scene.portal.room(&rooms[0]).delete().await.unwrap();
        sleep(Duration::from_secs(1)).await;
        assert_eq!(scene.place(&rooms[0]), None);
        deleting.cancel().await.unwrap();
        sleep(Duration::from_secs(300)).await;
        assert_eq!(scene.place(&rooms[1]), None, "the other program's deletion was canceled");
    });
}

#[test]
fn finished_deletions_do_not_wait_for_another_programs() {
    simulate(Setting::default(), async |scene, rooms| {
        delete_elsewhere_before_the_list_is_read(&scene, &rooms[1]);
        let began = Instant::now();
        scene.portal.room(&rooms[0]).delete().await.unwrap().wait().await.unwrap();
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    });
}

/// The start of the later export is dropped after its request was sent.
#[test]
fn exports_are_not_judged_by_a_later_export_whose_start_was_dropped() {
    simulate(Setting::default(), async |scene, _| {
        let mut made = Vec::new();
        for title in ["one", "two"] {
            let room =
                scene.portal.rooms().create(title, crate::RoomType::VirtualData).indexing(true).send().await.unwrap();
            made.push(room.id);
        }
        let first = scene.portal.room(&made[0]).export_index().await.unwrap();
        sleep(Duration::from_secs(30)).await;
        let executed = Arc::new(AtomicBool::new(false));
        let seen = executed.clone();
        scene.wire.script(move |operation, _, is_executed, _| {
            if operation == "start_index_export" && is_executed {
                seen.store(true, Ordering::Relaxed);
            }
            None
        });
        let handle = scene.portal.room(&made[1]);
        let mut second = Box::pin(handle.export_index());
        while !executed.load(Ordering::Relaxed) {
            assert!(timeout(Duration::from_millis(1), &mut second).await.is_err());
        }
        drop(second);
        let mut first = first.events();
        let mut seen = Vec::new();
        while let Some(event) = first.next().await {
            seen.push(format!("{event:?}"));
        }
        // The first export ended half a minute ago, so it cannot be reported as accepted or
        // running.
        assert!(seen.len() == 1, "{seen:#?}");
    });
}

/// The portal answered the deletion with the id of another one.
#[test]
fn deletions_without_an_id_are_not_restarted_after_terminate_all() {
    simulate(Setting::default(), async |scene, rooms| {
        scene.wire.fill(&rooms[0], 6_000);
        scene.wire.fill(&rooms[1], 300);
        let (other, key) = (number(&rooms[1]), scene.key.clone());
        let mut is_done = false;
        scene.wire.script(move |operation, _, is_executed, core| {
            if operation == "list_operations_by_type" && !is_executed && !is_done {
                is_done = true;
                let request = docspace_mock::Request::new("DELETE", &format!("/api/2.0/files/rooms/{other}"));
                let request = request.header("Authorization", &format!("Bearer {key}")).json(&serde_json::json!({}));
                core.handle(&request);
            }
            None
        });
        let deleting = scene.portal.room(&rooms[0]).delete().await.unwrap().wait();
        let stop = async {
            sleep(Duration::from_secs(20)).await;
            scene.portal.operations().cancel_all().await.unwrap();
        };
        let look = async {
            for _ in 0..200 {
                scene.portal.operations().list_of(crate::operations::OperationType::Copy).await.unwrap();
                sleep(Duration::from_millis(20)).await;
            }
        };
        let (outcome, (), ()) = tokio::join!(deleting, stop, look);
        let sent = scene.wire.sent(&Method::DELETE, &format!("/{}", rooms[0]));
        assert_eq!(sent, 1, "{outcome:?}");
    });
}

/// The portal has dropped the operation, and the stall time is endless.
#[test]
fn canceling_a_dropped_operation_ends_soon_with_an_endless_stall_time() {
    let policy = WaitPolicy::default().stall(Duration::MAX);
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        scene.wire.lose(1);
        let began = Instant::now();
        assert_eq!(scene.portal.room(&rooms[0]).archive().await.unwrap().cancel().await.unwrap(), None);
        assert!(began.elapsed() < MINUTE * 2);
    });
}

/// The operation ended in time, but its wait is polled again only after the deadline.
#[test]
fn waits_resumed_after_their_deadline_poll_once_more() {
    simulate(Setting::default(), async |scene, rooms| {
        let mut waiting = Box::pin(scene.portal.room(&rooms[0]).archive().await.unwrap().wait());
        assert!(timeout(Duration::from_millis(10), &mut waiting).await.is_err());
        sleep(Duration::from_secs(601)).await;
        let outcome = waiting.await;
        let mut events = scene.portal.room(&rooms[1]).archive().await.unwrap().events();
        events.next().await;
        sleep(Duration::from_secs(601)).await;
        let event = events.next().await;
        assert!(outcome.is_ok() && event.unwrap().is_ok());
    });
}

#[test]
fn creations_whose_answer_is_lost_end_with_endless_pauses() {
    let policy = WaitPolicy::default().first_pause(Duration::MAX).longest_pause(Duration::MAX);
    simulate(Setting { policy, ..Setting::default() }, async |scene, _| {
        scene
            .wire
            .script(|operation, _, is_executed, _| (operation == "create_room" && !is_executed).then(|| (503, vec![])));
        let create = scene.portal.rooms().create("lost", crate::RoomType::Custom).send();
        let outcome = timeout(Duration::from_secs(86_400), create).await;
        assert!(outcome.is_ok(), "hangs for a day");
    });
}

#[test]
fn waits_end_with_every_extreme_policy() {
    let spans = [Duration::ZERO, Duration::from_millis(1), Duration::MAX];
    for deadline in [Duration::ZERO, MINUTE, Duration::MAX] {
        for first_pause in spans {
            for longest_pause in [Duration::ZERO, Duration::from_secs(3)] {
                for stall in [Duration::from_secs(10), Duration::MAX] {
                    for in_flight in [0, 1, usize::MAX] {
                        let policy = WaitPolicy::default()
                            .deadline(deadline)
                            .first_pause(first_pause)
                            .longest_pause(longest_pause)
                            .stall(stall)
                            .in_flight(in_flight);
                        let text = format!("{policy:?}");
                        simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
                            let work = async {
                                let _ = scene.portal.rooms().many(&rooms[..7]).archive().finish().await;
                                let _ = scene.portal.rooms().many(&rooms[3..10]).delete().finish().await;
                                let _ = async {
                                    scene.portal.room(&rooms[11]).save_as_template("x").start().await?.wait().await
                                }
                                .await;
                                if let Ok(started) = scene.portal.room(&rooms[12]).archive().await {
                                    let _ = started.cancel().await;
                                }
                            };
                            assert!(timeout(Duration::from_secs(86_400), work).await.is_ok(), "{text}");
                            let requests = scene.wire.requests();
                            assert!(requests < 6_000, "{requests}: {text}");
                        });
                    }
                }
            }
        }
    }
}

#[test]
fn one_call_a_minute_is_enough_to_archive() {
    let limits = Throttle::default().reads(1).writes(1).per_minute(1);
    simulate(Setting { limits, ..Setting::default() }, async |scene, rooms| {
        let outcomes = scene.portal.rooms().many(&rooms[..3]).archive().finish().await;
        assert_eq!(outcomes.done.len(), 3, "{:?}", outcomes.failed);
    });
}

#[test]
fn simultaneous_archive_restore_and_delete_of_one_room_end() {
    for seed in 0..40 {
        simulate(Setting { seed, ..Setting::default() }, async |scene, rooms| {
            let id = &rooms[0];
            let ten = (0..10).map(|_| async { scene.portal.room(id).archive().await?.wait().await });
            for outcome in futures::future::join_all(ten).await {
                assert!(outcome.unwrap().is_archived());
            }
            let handle = scene.portal.room(id);
            let restore = async { handle.restore().await?.wait().await };
            let delete = async { handle.clone().delete().await?.wait().await };
            let archive = async { handle.archive().await?.wait().await };
            let began = Instant::now();
            let (_, deleted, _) = tokio::join!(restore, delete, archive);
            if deleted.is_ok() {
                assert_eq!(scene.place(id), None);
            }
            assert!(began.elapsed() < MINUTE, "{:?}", began.elapsed());
        });
    }
}

/// Another program deletes the room while it is being archived.
#[test]
fn archives_of_rooms_deleted_elsewhere_end_as_not_found() {
    for seed in 0..20 {
        simulate(Setting { seed, ..Setting::default() }, async |scene, rooms| {
            let archiving = async { scene.portal.room(&rooms[0]).archive().await?.wait().await };
            let elsewhere = async {
                sleep(Duration::from_millis(seed * 20)).await;
                let _ = scene.ask("DELETE", &format!("files/rooms/{}", rooms[0]), serde_json::json!({}));
            };
            let began = Instant::now();
            let (outcome, ()) = tokio::join!(archiving, elsewhere);
            assert!(began.elapsed() < MINUTE);
            if let Err(error) = &outcome {
                assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
            }
        });
    }
}

/// Half of the repeatable calls fail.
#[test]
fn outcomes_are_true_when_half_of_the_calls_fail_with_503() {
    for seed in 0..20 {
        for files in [0, 1500] {
            simulate(Setting { seed, failures: 500, files, ..Setting::default() }, async |scene, rooms| {
                let work = async {
                    let archived = scene.portal.rooms().many(&rooms[..6]).archive().finish().await;
                    for (id, room) in &archived.done {
                        assert!(room.is_archived() && scene.is_archived(id));
                    }
                    let deleted = scene.portal.rooms().many(&rooms[4..10]).delete().finish().await;
                    for (id, ()) in &deleted.done {
                        assert_eq!(scene.place(id), None);
                    }
                };
                timeout(Duration::from_secs(7200), work).await.expect("hangs");
                let deletions = scene.wire.sent(&Method::DELETE, "");
                assert!(deletions <= 8, "{deletions} deletions");
            });
        }
    }
}

/// A portal creates one template at a time. One of the starts is neither polled nor dropped.
#[test]
fn fifty_template_starts_end_beside_one_that_is_not_polled() {
    for seed in 0..6 {
        for millis in [1, 30, 90, 150, 220, 300] {
            let policy = WaitPolicy::default().deadline(Duration::from_secs(3600));
            simulate(Setting { seed, policy, ..Setting::default() }, async |scene, rooms| {
                let handle = scene.portal.room(&rooms[0]);
                let mut left = Box::pin(handle.save_as_template("left").start());
                let _ = timeout(Duration::from_millis(millis), &mut left).await;
                let make = |number: usize| {
                    let room = scene.portal.room(&rooms[number % 15]);
                    async move { room.save_as_template(format!("t{number}")).start().await?.wait().await }
                };
                let outcomes = timeout(Duration::from_secs(3600), futures::future::join_all((0..50).map(make)))
                    .await
                    .expect("hangs");
                let mut ids = std::collections::HashSet::new();
                for outcome in outcomes {
                    assert!(ids.insert(outcome.unwrap().id));
                }
                assert!(scene.wire.requests() < 4_000, "{}", scene.wire.requests());
                drop(left);
            });
        }
    }
}

#[test]
fn template_waits_end_by_the_deadline_if_the_status_never_completes() {
    simulate(Setting::default(), async |scene, rooms| {
        let started = scene.portal.room(&rooms[0]).save_as_template("x").start().await.unwrap();
        scene.wire.script(|operation, _, _, _| {
            let busy = br#"{"response":{"templateId":-1,"progress":0.0,"error":"","isCompleted":false},"count":1,"links":[],"status":0,"statusCode":200}"#;
            (operation == "get_template_status").then(|| (200, busy.to_vec()))
        });
        let began = Instant::now();
        let error = started.wait().await.unwrap_err();
        assert_eq!(
            (error.kind(), began.elapsed().as_secs() / 10),
            (ErrorKind::Timeout, 59),
            "{error} {:?}",
            began.elapsed()
        );
        assert!(scene.wire.requests() < 300);
    });
}

#[test]
fn waits_succeed_when_the_portals_clock_jumps_by_hours() {
    for seed in 0..20 {
        simulate(Setting { seed, files: 500, ..Setting::default() }, async |scene, rooms| {
            let mut count = 0;
            scene.wire.script(move |_, _, _, core| {
                count += 1;
                if count % 7 == 3 {
                    core.advance(Duration::from_secs(7200));
                }
                None
            });
            let archived = scene.portal.rooms().many(&rooms[..6]).archive().finish().await;
            assert!(archived.failed.is_empty(), "{:?}", archived.failed);
            let deleted = scene.portal.rooms().many(&rooms[..6]).delete().finish().await;
            assert!(deleted.failed.is_empty(), "{:?}", deleted.failed);
            let started = scene.portal.room(&rooms[9]).save_as_template("x").start().await.unwrap();
            assert!(started.wait().await.unwrap().is_template());
        });
    }
}

#[test]
fn ten_thousand_rooms_take_one_call_each() {
    simulate(Setting::default(), async |scene, rooms| {
        let ids = (100_000..110_000).map(RoomId::from).chain(rooms.iter().cloned());
        let outcomes = scene.portal.rooms().many(ids).archive().finish().await;
        assert_eq!(outcomes.done.len(), 15);
        assert!(scene.wire.requests() < 10_100);
    });
}

#[test]
fn rooms_in_two_bulks_are_deleted_with_few_calls() {
    for seed in 0..20 {
        simulate(Setting { seed, files: 400, ..Setting::default() }, async |scene, rooms| {
            let one = scene.portal.rooms().many(&rooms).delete().finish();
            let two = scene.portal.rooms().many(&rooms).delete().finish();
            let (one, two) = tokio::join!(one, two);
            for (id, _) in one.failed.iter().chain(&two.failed) {
                assert_eq!(scene.place(id), None);
            }
            let sent = scene.wire.sent(&Method::DELETE, "");
            assert!(sent <= 40, "{sent}");
        });
    }
}

#[test]
fn callbacks_that_panic_do_not_block_other_operations() {
    let policy = WaitPolicy::default().in_flight(1);
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        let started = scene.portal.room(&rooms[0]).archive().await.unwrap().on_progress(|_| panic!("mine"));
        assert!(std::panic::AssertUnwindSafe(started.wait()).catch_unwind().await.is_err());
        let mut bulk = scene
            .portal
            .rooms()
            .many(&rooms[..4])
            .delete()
            .on_progress(|id, _| assert!(id.number() != Some(6), "mine"));
        let (mut done, mut panics) = (0, 0);
        loop {
            match std::panic::AssertUnwindSafe(bulk.next()).catch_unwind().await {
                Ok(None) => break,
                Ok(Some((_, outcome))) => {
                    outcome.unwrap();
                    done += 1;
                }
                Err(_) => panics += 1,
            }
        }
        assert_eq!((done, panics, bulk.remaining()), (3, 1, vec![rooms[1].clone()]));
        assert!(scene.portal.room(&rooms[9]).archive().await.unwrap().wait().await.unwrap().is_archived());
    });
}

/// Both programs use this crate.
#[test]
fn two_programs_of_one_person_can_delete_at_the_same_time() {
    for seed in 0..30 {
        for files in [0, 300, 3000] {
            simulate(Setting { seed, files, ..Setting::default() }, async |scene, rooms| {
                let other = scene.with_key(&scene.key.clone().into());
                let one = scene.portal.rooms().many(&rooms[..7]).delete().finish();
                let two = other.portal.rooms().many(&rooms[7..14]).delete().finish();
                let (one, two) = tokio::join!(one, two);
                assert!(one.failed.is_empty() && two.failed.is_empty(), "{:?} {:?}", one.failed, two.failed);
                let sent = scene.wire.sent(&Method::DELETE, "");
                assert!(sent <= 16, "{sent} deletions of 14 rooms of {files} files");
            });
        }
    }
}

/// Rooms that are reported as deleted are gone, and rooms that are reported as canceled stay.
#[test]
fn bulks_canceled_at_any_moment_report_the_truth() {
    for millis in (0..4_000).step_by(97) {
        simulate(Setting { seed: millis, files: 200, ..Setting::default() }, async |scene, rooms| {
            let bulk = scene.portal.rooms().many(&rooms).delete().cancel_when(sleep(Duration::from_millis(millis)));
            let began = Instant::now();
            let outcomes = bulk.finish().await;
            let ended = began.elapsed();
            for (id, ()) in &outcomes.done {
                assert_eq!(scene.place(id), None);
            }
            sleep(MINUTE).await;
            for (id, error) in &outcomes.failed {
                if error.to_string().contains("it was canceled") {
                    assert_eq!(scene.place(id), Some(14), "{id} {error}");
                }
            }
            for id in &outcomes.not_started {
                assert_eq!(scene.place(id), Some(14));
            }
            assert!(ended < Duration::from_millis(millis) + Duration::from_secs(15), "{ended:?}");
        });
    }
}

#[test]
fn rooms_that_cannot_be_read_do_not_affect_others() {
    let all = std::cell::Cell::new(0);
    for (status, in_flight) in [(403, 5), (500, 5), (200, 5), (403, 1)] {
        let policy = WaitPolicy::default().in_flight(in_flight);
        simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
            // Another program removes the record from the list, and from then on the room cannot be
            // read.
            let started = scene.portal.room(&rooms[0]).archive().await.unwrap();
            sleep(Duration::from_secs(2)).await;
            scene.ask("GET", "files/fileops", serde_json::json!({}));
            let path = format!("/{}", rooms[0]);
            scene.wire.script(move |operation, at, _, _| {
                (operation == "get_room" && at.ends_with(&path)).then(|| (status, b"{}".to_vec()))
            });
            started.wait().await.unwrap_err();
            let outcomes = scene.portal.rooms().many(&rooms[1..]).archive().finish().await;
            sleep(Duration::from_secs(3600)).await;
            let later = scene.portal.rooms().many(&rooms[1..]).archive().finish().await;
            all.set(all.get() + outcomes.failed.len() + later.failed.len());
        });
    }
    assert_eq!(all.get(), 0, "work on other rooms failed");
}

#[test]
fn bulks_without_waiting_report_whether_anything_was_sent() {
    simulate(Setting { files: 3_000, ..Setting::default() }, async |scene, rooms| {
        let bulk = scene.portal.rooms().many(&rooms).delete().without_waiting().deadline(Duration::from_secs(3));
        let outcomes = bulk.finish().await;
        for (id, error) in &outcomes.failed {
            let sent = scene.wire.sent(&Method::DELETE, &format!("/{id}"));
            assert_eq!(sent == 0, error.nothing_was_done(), "{error}");
        }
    });
}

#[test]
fn hundreds_of_simultaneous_starts_end() {
    simulate(Setting::default(), async |scene, rooms| {
        let start = |number: usize| {
            let room = scene.portal.room(&rooms[number % 15]);
            async move { room.archive().await?.wait().await }
        };
        let outcomes = futures::future::join_all((0..300).map(start)).await;
        assert!(outcomes.iter().all(Result::is_ok) && scene.wire.requests() < 1_500);
    });
}

#[test]
fn exports_dropped_at_any_moment_do_not_block_others() {
    for millis in (0..500).step_by(9) {
        simulate(Setting { seed: millis, ..Setting::default() }, async |scene, _| {
            let room =
                scene.portal.rooms().create("x", crate::RoomType::VirtualData).indexing(true).send().await.unwrap();
            let handle = scene.portal.room(&room.id);
            let mut kept = async { handle.export_index().await?.wait().await }.boxed();
            let _ = timeout(Duration::from_millis(millis), &mut kept).await;
            if millis % 2 == 0 {
                drop(kept);
                kept = futures::future::pending().boxed();
            }
            let began = Instant::now();
            loop {
                match handle.export_index().await {
                    Err(error) if error.kind() == ErrorKind::Conflict => sleep(Duration::from_secs(1)).await,
                    other => {
                        let _ = other.unwrap().cancel().await;
                        break;
                    }
                }
                assert!(began.elapsed() < MINUTE * 3, "blocked for ever");
            }
            drop(kept);
        });
    }
}

/// The portal drops some of the deletions, so their ids are not certain.
#[test]
fn deletions_canceled_at_any_moment_report_the_truth() {
    for seed in 0..60 {
        let policy = WaitPolicy::default().in_flight(2);
        simulate(Setting { seed, policy, files: 100, ..Setting::default() }, async |scene, rooms| {
            scene.wire.lose(3);
            let rng = &mut fastrand::Rng::with_seed(seed);
            let waits = rooms[..4].iter().map(|id| {
                let millis = rng.u64(..25_000);
                let scene = scene.clone();
                async move {
                    let room = scene.portal.room(id);
                    let started = room.delete().await?;
                    let began = Instant::now();
                    let outcome = started.cancel_when(sleep(Duration::from_millis(millis))).wait().await;
                    let took = began.elapsed();
                    let place = scene.place(id);
                    match &outcome {
                        Ok(Some(())) => assert_eq!(place, None),
                        Ok(None) => {
                            sleep(MINUTE).await;
                            assert_eq!(scene.place(id), Some(14), "reported as canceled, but deleted later");
                        }
                        Err(error) => assert_eq!(error.kind(), ErrorKind::NotDone, "{error}"),
                    }
                    assert!(took < Duration::from_millis(millis) + Duration::from_secs(30), "{took:?} {outcome:?}");
                    crate::Result::<()>::Ok(())
                }
            });
            for outcome in futures::future::join_all(waits).await {
                outcome.unwrap();
            }
        });
    }
}

/// The deadline includes reading the room before the deletion.
#[test]
fn deletions_start_within_the_deadline_or_not_at_all() {
    let policy = WaitPolicy::default().deadline(Duration::from_secs(5));
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        scene.wire.stall_for(Duration::from_secs(30));
        let began = Instant::now();
        let _ = scene.portal.room(&rooms[0]).delete().await;
        let took = began.elapsed();
        sleep(MINUTE).await;
        assert_eq!(took.as_secs(), 5);
    });
    simulate(Setting::default(), async |scene, rooms| {
        scene.wire.stall_for(Duration::from_secs(30));
        let _ = scene.portal.rooms().many(&rooms[..2]).delete().deadline(Duration::from_secs(5)).finish().await;
        sleep(MINUTE).await;
        assert_eq!(scene.wire.sent(&Method::DELETE, ""), 0, "sent after the deadline");
    });
}

/// The bulk is canceled while the first rooms are read.
#[test]
fn canceled_bulks_send_nothing_more() {
    for millis in [1, 20, 60, 100] {
        simulate(Setting { files: 100, ..Setting::default() }, async |scene, rooms| {
            let sent_before = Arc::new(std::sync::Mutex::new(0));
            let (seen, wire) = (sent_before.clone(), scene.wire.clone());
            let stop = async move {
                sleep(Duration::from_millis(millis)).await;
                *seen.lock().unwrap() = wire.sent(&Method::DELETE, "");
            };
            let _ = scene.portal.rooms().many(&rooms).delete().cancel_when(stop).finish().await;
            let before = *sent_before.lock().unwrap();
            let sent = scene.wire.sent(&Method::DELETE, "");
            assert_eq!(sent, before, "deletions that were sent after the cancellation");
        });
    }
}

/// The portal dropped the deletion, and it waits for a restart when the program cancels everything.
#[test]
fn dropped_deletions_are_not_restarted_after_terminate_all() {
    let policy = WaitPolicy::default().in_flight(1);
    simulate(Setting { policy, files: 2_500, ..Setting::default() }, async |scene, rooms| {
        scene.wire.lose(1);
        // The wait for the first has not begun when the second takes its place.
        let first = scene.portal.room(&rooms[0]).delete().await.unwrap();
        let second = scene.portal.room(&rooms[1]).delete().await.unwrap();
        let stop = async {
            sleep(Duration::from_secs(5)).await;
            scene.portal.operations().cancel_all().await.unwrap();
        };
        let _ = tokio::join!(first.wait(), second.wait(), stop);
        assert_eq!(scene.wire.sent(&Method::DELETE, &format!("/{}", rooms[0])), 1);
    });
}

/// The portal creates one of the templates although its answer is lost.
#[test]
fn template_creations_whose_answer_is_lost_are_not_sent_twice() {
    for executed in [true, false] {
        simulate(Setting::default(), async |scene, rooms| {
            scene.wire.script(move |operation, _, is_executed, _| {
                (operation == "create_template" && is_executed == executed).then(|| (503, vec![]))
            });
            let error = scene.portal.room(&rooms[0]).save_as_template("x").start().await.unwrap_err();
            assert!(!error.nothing_was_done());
            assert_eq!(scene.wire.sent(&Method::POST, "/roomtemplate"), 1);
            scene.wire.script(|_, _, _, _| None);
            let next = scene.portal.room(&rooms[1]).save_as_template("y").start().await.unwrap().wait().await.unwrap();
            assert_eq!(next.title, "y");
        });
    }
}

#[test]
fn simultaneous_archive_and_restore_of_one_room_end() {
    for seed in 0..30 {
        simulate(Setting { seed, ..Setting::default() }, async |scene, rooms| {
            let handle = scene.portal.room(&rooms[0]);
            let began = Instant::now();
            let archive = async { handle.archive().await?.wait().await };
            let restore = async { handle.restore().await?.wait().await };
            let _ = tokio::join!(archive, restore);
            assert!(began.elapsed() < MINUTE, "{:?}", began.elapsed());
        });
    }
}

/// This program created a room with the same title from a template a moment ago.
#[test]
fn creations_whose_answer_is_lost_do_not_return_a_room_from_a_template() {
    simulate(Setting::default(), async |scene, rooms| {
        let template = scene.portal.room(&rooms[0]).save_as_template("t").start().await.unwrap().wait().await.unwrap();
        let making = scene.portal.template(&template).create_room("Client 7").start().await.unwrap();
        making.wait().await.unwrap();
        scene
            .wire
            .script(|operation, _, is_executed, _| (operation == "create_room" && !is_executed).then(|| (503, vec![])));
        let created = scene.portal.rooms().create("Client 7", crate::RoomType::Custom).send().await;
        assert!(created.is_err());
    });
}

/// The portal always answers with the template of another program.
#[test]
fn template_starts_that_are_always_too_late_retry_with_pauses() {
    let policy = WaitPolicy::default().deadline(MINUTE);
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        scene.wire.script(|operation, _, _, _| {
            let other = br#"{"response":{"templateId":206,"progress":0.45,"error":"","isCompleted":false},"count":1,"links":[],"status":0,"statusCode":200}"#;
            (operation == "create_template").then(|| (200, other.to_vec()))
        });
        scene.portal.room(&rooms[0]).save_as_template("mine").start().await.unwrap_err();
        let sent = scene.wire.sent(&Method::POST, "/roomtemplate");
        assert!(sent <= 40, "{sent} requests in a minute");
    });
}
