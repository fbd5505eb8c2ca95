//! The blocking twins, on threads that wait.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contract::target::Target;
use docspace::api::ClientPortalExt;
use docspace::blocking::Portal;
use docspace::transport::Throttle;
use docspace::waiting::{Event, Stage, WaitPolicy};
use docspace::{Access, ErrorKind, RoomType};
use docspace_mock::{Clock, MockPortal};

fn portal(target: &Target) -> Portal {
    Portal::builder(target.url()).api_key(target.key()).wait_policy(target.wait_policy()).build().unwrap()
}

/// Runs a test where it may wait. Its portal comes back, to be dropped inside async code.
async fn waiting(target: &Target, test: impl FnOnce(&Portal, &dyn Fn(&str) -> String) + Send + 'static) -> Portal {
    let (portal, prefix) = (portal(target), target.title(""));
    let test = move || {
        test(&portal, &|what| format!("{prefix}{what}"));
        portal
    };
    tokio::task::spawn_blocking(test).await.unwrap()
}

#[tokio::test]
async fn rooms_are_made_listed_and_shared() {
    Target::run(async |target| {
        waiting(target, |portal, title| {
            let tag = title("tag");
            let room = portal.rooms().create(title("one"), RoomType::Custom).tags([tag.clone()]).send().unwrap();
            portal.rooms().create(title("two"), RoomType::Public).tags([tag.clone()]).send().unwrap();

            let listed = portal.rooms().list().tag(&tag).stream();
            let titles: HashSet<String> = listed.map(|room| room.unwrap().title).collect();
            assert_eq!(titles, HashSet::from([title("one"), title("two")]));
            assert_eq!(portal.rooms().list().tag(tag).total().unwrap(), 2);

            let links = portal.room(&room).links();
            let link = links.create(Access::Read).title("For the client").send().unwrap();
            let link = links.update(link.id()).title("For the auditor").send().unwrap();
            assert_eq!(links.get(link.id()).unwrap().title(), "For the auditor");
            links.revoke(link.id()).unwrap();
            assert!(links.get(link.id()).unwrap_err().is_not_found());
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn operations_are_waited_for_and_tell_how_they_go() {
    Target::run(async |target| {
        waiting(target, |portal, title| {
            let room = portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
            let handle = portal.room(&room);
            let (tell, told) = std::sync::mpsc::channel();
            let archiving = handle.archive().unwrap().on_progress(move |now| tell.send(now.stage).unwrap());
            assert!(archiving.wait().unwrap().is_archived());
            assert_eq!(told.iter().last(), Some(Stage::Verifying));

            let events: Vec<_> = handle.restore().unwrap().events().map(Result::unwrap).collect();
            assert!(matches!(events.last(), Some(Event::Done(room)) if room.is_active()), "{events:?}");

            handle.clone().delete().unwrap().wait().unwrap();
            assert!(handle.get().unwrap_err().is_not_found());
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn many_rooms_are_changed_by_twins_and_archived() {
    Target::run(async |target| {
        waiting(target, |portal, title| {
            let make = |number| portal.rooms().create(title(&format!("room {number}")), RoomType::Custom).send();
            let ids: HashSet<_> = (0..7).map(|number| make(number).unwrap().id).collect();
            let tag = title("closed");
            let edited = portal.rooms().many(ids.clone()).edit(move |room| room.tags([tag.clone()]));
            assert_eq!(edited.map(|(_, outcome)| outcome.unwrap().tags.len()).sum::<usize>(), 7);
            let archived = portal.rooms().many(ids.clone()).archive();
            assert_eq!(archived.map(|(id, outcome)| outcome.map(|_| id).unwrap()).collect::<HashSet<_>>(), ids);
        })
        .await;
    })
    .await;
}

/// Archives many rooms and restores each as soon as it is archived.
fn archive_and_restore(limits: Throttle, policy: WaitPolicy) {
    let server = tokio::runtime::Runtime::new().unwrap();
    let mock = server.block_on(MockPortal::builder().clock(Clock::real()).start()).unwrap();
    let builder = Portal::builder(mock.url()).api_key(mock.owner_key());
    let portal = builder.throttle(limits).wait_policy(policy).build().unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let room = |number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send().unwrap();
        let rooms: Vec<_> = (0..7).map(room).collect();
        for (id, outcome) in portal.rooms().many(&rooms).archive() {
            outcome.unwrap();
            assert!(portal.room(&id).restore().unwrap().wait().unwrap().is_active());
        }
        tell.send(portal.rooms().list().total().unwrap()).unwrap();
    });
    assert_eq!(told.recv_timeout(Duration::from_secs(30)).expect("it hangs"), 7);
}

#[test]
fn an_operation_in_the_loop_over_a_bulk_of_operations_ends() {
    archive_and_restore(Throttle::default(), WaitPolicy::default());
}

#[test]
fn an_operation_in_the_loop_over_a_bulk_of_operations_ends_with_a_limit_of_one() {
    let limits = Throttle { reads: 1, writes: 1, per_minute: usize::MAX };
    archive_and_restore(limits, WaitPolicy { in_flight: 1, ..WaitPolicy::default() });
}

#[tokio::test]
async fn threads_share_a_portal() {
    Target::run(async |target| {
        waiting(target, |portal, title| {
            let made = AtomicUsize::new(0);
            std::thread::scope(|scope| {
                for number in 0..4 {
                    let (portal, made, title) = (portal.clone(), &made, title(&format!("room {number}")));
                    scope.spawn(move || {
                        let room = portal.rooms().create(title, RoomType::Custom).send().unwrap();
                        let room = portal.room(&room).archive().unwrap().wait().unwrap();
                        made.fetch_add(usize::from(room.is_archived()), Ordering::Relaxed);
                    });
                }
            });
            assert_eq!(made.into_inner(), 4);
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_wait_can_be_ended_from_another_thread() {
    Target::on_mock(async |target, _| {
        waiting(target, |portal, title| {
            let room = portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
            let (stop, stopped) = futures::channel::oneshot::channel::<()>();
            let archiving = portal.room(&room).archive().unwrap();
            let wait = archiving.cancel_when(async { stopped.await.unwrap_or_default() });
            std::thread::spawn(|| stop.send(()).unwrap()).join().unwrap();
            // It may have been done before.
            let archived = wait.wait().unwrap().is_some();
            assert_eq!(portal.room(&room).get().unwrap().is_archived(), archived);
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_generated_client_can_be_waited_for() {
    Target::run(async |target| {
        waiting(target, |portal, _| {
            let version = portal.block_on(portal.api().get_portal_version().send()).unwrap().unwrap();
            assert!(version.into_inner().response.is_some());
        })
        .await;
    })
    .await;
}

/// As seen by somebody who uses it where a runtime is at work already, with the portal used before.
#[tokio::test]
async fn inside_async_code_it_is_refused_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = waiting(target, |portal, title| {
            portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
        })
        .await;
        let sent = mock.requests().len();
        let error = portal.rooms().list().all().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains("inside async code"), "{error}");

        let mut rooms = portal.rooms().list().stream();
        let panic = catch_unwind(AssertUnwindSafe(|| rooms.next())).unwrap_err();
        assert!(panic.downcast_ref::<String>().unwrap().contains("inside async code"));
        assert_eq!(mock.requests().len(), sent);
    })
    .await;
}

#[tokio::test]
async fn a_callback_is_inside_async_code_too() {
    Target::on_mock(async |target, _| {
        waiting(target, |portal, title| {
            let room = portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
            let (tell, told) = std::sync::mpsc::channel();
            let handle = portal.room(&room);
            let archiving = handle.archive().unwrap().on_progress(move |_| tell.send(handle.get()).unwrap());
            archiving.wait().unwrap();
            let kinds: HashSet<_> = told.iter().map(|outcome| outcome.unwrap_err().kind()).collect();
            assert_eq!(kinds, HashSet::from([ErrorKind::Invalid]));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn signing_in_waits_for_the_portal() {
    Target::on_mock(async |target, _| {
        let url = target.url().to_owned();
        let sign_in = move || Portal::builder(url).sign_in("owner@example.com", "wrong").unwrap_err();
        let error = tokio::task::spawn_blocking(sign_in).await.unwrap();
        assert!(error.is_unauthorized(), "{error}");
    })
    .await;
}

/// A server closes what is idle for a minute or two, and between two calls nobody looks. What creates is not sent again
/// when its connection breaks, so it must not be sent on one that is closed already.
#[test]
fn a_connection_that_was_closed_between_two_calls_is_not_used() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (close, asked) = std::sync::mpsc::channel();
    let (closed, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let _ = connection.read(&mut [0; 65_536]).unwrap();
            let body = r#"{"response":"Audit","count":1,"links":[],"status":0,"statusCode":200}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}", body.len());
            write!(connection, "{head}\r\n\r\n{body}").unwrap();
            asked.recv().unwrap();
            drop(connection);
            closed.send(()).unwrap();
        }
    });
    let portal = Portal::builder(format!("http://{address}")).token("a session's token").build().unwrap();
    for _ in 0..10 {
        assert_eq!(portal.tags().create("Audit").unwrap(), "Audit");
        close.send(()).unwrap();
        wait.recv().unwrap();
    }
}
