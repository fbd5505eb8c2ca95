//! The blocking facade.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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

/// Runs a test on a thread where it may block. Returns its portal, which the caller drops inside
/// async code.
async fn on_blocking_thread(
    target: &Target,
    test: impl FnOnce(&Portal, &dyn Fn(&str) -> String) + Send + 'static,
) -> Portal {
    let (portal, prefix) = (portal(target), target.title(""));
    let test = move || {
        test(&portal, &|name| format!("{prefix}{name}"));
        portal
    };
    tokio::task::spawn_blocking(test).await.unwrap()
}

#[tokio::test]
async fn rooms_are_created_listed_and_shared() {
    Target::run(async |target| {
        on_blocking_thread(target, |portal, title| {
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
async fn operations_are_waited_for_and_report_progress() {
    Target::run(async |target| {
        on_blocking_thread(target, |portal, title| {
            let room = portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
            let handle = portal.room(&room);
            let (sender, received) = std::sync::mpsc::channel();
            let archiving = handle.archive().unwrap().on_progress(move |now| sender.send(now.stage).unwrap());
            assert!(archiving.wait().unwrap().is_archived());
            assert_eq!(received.iter().last(), Some(Stage::Verifying));

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
async fn many_rooms_are_changed_and_archived() {
    Target::run(async |target| {
        on_blocking_thread(target, |portal, title| {
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
    let (sender, received) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let room = |number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send().unwrap();
        let rooms: Vec<_> = (0..7).map(room).collect();
        for (id, outcome) in portal.rooms().many(&rooms).archive() {
            outcome.unwrap();
            assert!(portal.room(&id).restore().unwrap().wait().unwrap().is_active());
        }
        sender.send(portal.rooms().list().total().unwrap()).unwrap();
    });
    assert_eq!(received.recv_timeout(Duration::from_secs(30)).expect("the loop hangs"), 7);
}

#[test]
fn operations_inside_a_loop_over_bulk_operations_finish() {
    archive_and_restore(Throttle::default(), WaitPolicy::default());
}

#[test]
fn operations_inside_a_loop_over_bulk_operations_finish_with_a_limit_of_one() {
    let limits = Throttle::default().reads(1).writes(1).per_minute(usize::MAX);
    archive_and_restore(limits, WaitPolicy::default().in_flight(1));
}

#[tokio::test]
async fn threads_share_a_portal() {
    Target::run(async |target| {
        on_blocking_thread(target, |portal, title| {
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
async fn operations_can_be_canceled_from_another_thread() {
    Target::on_mock(async |target, _| {
        on_blocking_thread(target, |portal, title| {
            let room = portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
            let is_stopped = Arc::new(AtomicBool::new(false));
            let archiving = portal.room(&room).archive().unwrap();
            let flag = Arc::clone(&is_stopped);
            let wait = archiving.cancel_when(move || flag.load(Ordering::Relaxed));
            std::thread::spawn(move || is_stopped.store(true, Ordering::Relaxed)).join().unwrap();
            // The operation may have ended before it was canceled.
            let archived = wait.wait().unwrap().is_some();
            assert_eq!(portal.room(&room).get().unwrap().is_archived(), archived);
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn bulk_work_stops_when_its_closure_returns_true() {
    Target::on_mock(async |target, _| {
        on_blocking_thread(target, |portal, title| {
            let create = |name| portal.rooms().create(title(name), RoomType::Custom).send().unwrap();
            let rooms: Vec<_> = ["one", "two", "three"].into_iter().map(create).collect();
            let is_stopped = Arc::new(AtomicBool::new(false));
            let flag = Arc::clone(&is_stopped);
            let mut bulk = portal.rooms().many(&rooms).archive().stop_when(move || flag.load(Ordering::Relaxed));
            is_stopped.store(true, Ordering::Relaxed);
            assert!(bulk.next().is_none());

            let handles = rooms.iter().map(|room| portal.room(room));
            let outcomes = portal.rooms().many(handles).archive().cancel_when(|| true).finish();
            assert_eq!((outcomes.done.len(), outcomes.not_started.len()), (0, 3));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn blocking_portal_made_from_an_async_one_shares_its_credentials() {
    Target::run(async |target| {
        let me = target.portal().my_id().await.unwrap();
        let blocking = docspace::blocking::Portal::from(target.portal().clone());
        let same = tokio::task::spawn_blocking(move || blocking.my_id()).await.unwrap();
        assert_eq!(same.unwrap(), me);
    })
    .await;
}

#[tokio::test]
async fn calls_of_the_generated_client_can_block() {
    Target::run(async |target| {
        on_blocking_thread(target, |portal, _| {
            let version = portal.block_on(portal.api().get_portal_version().send()).unwrap().unwrap();
            assert!(version.into_inner().response.is_some());
        })
        .await;
    })
    .await;
}

/// The portal was used on a blocking thread before.
#[tokio::test]
async fn blocking_calls_inside_async_code_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = on_blocking_thread(target, |portal, title| {
            portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
        })
        .await;
        let sent = mock.requests().len();
        let error = portal.rooms().list().all().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains("async"), "{error}");

        let mut rooms = portal.rooms().list().stream();
        let panic = catch_unwind(AssertUnwindSafe(|| rooms.next())).unwrap_err();
        assert!(panic.downcast_ref::<String>().unwrap().contains("async"));
        assert_eq!(mock.requests().len(), sent);
    })
    .await;
}

#[tokio::test]
async fn blocking_calls_inside_a_callback_are_rejected() {
    Target::on_mock(async |target, _| {
        on_blocking_thread(target, |portal, title| {
            let room = portal.rooms().create(title("room"), RoomType::Custom).send().unwrap();
            let (sender, received) = std::sync::mpsc::channel();
            let handle = portal.room(&room);
            let archiving = handle.archive().unwrap().on_progress(move |_| sender.send(handle.get()).unwrap());
            archiving.wait().unwrap();
            let kinds: HashSet<_> = received.iter().map(|outcome| outcome.unwrap_err().kind()).collect();
            assert_eq!(kinds, HashSet::from([ErrorKind::Invalid]));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn sign_in_blocks_until_the_portal_answers() {
    Target::on_mock(async |target, _| {
        let url = target.url().to_owned();
        let sign_in = move || Portal::builder(url).sign_in("owner@example.com", "wrong").unwrap_err();
        let error = tokio::task::spawn_blocking(sign_in).await.unwrap();
        assert!(error.is_unauthorized(), "{error}");
    })
    .await;
}

/// A server closes connections that are idle for a minute or two, and the client does not notice it
/// between two calls. Creations are not retried after a broken connection, so they must not be sent
/// on a closed one.
#[test]
fn connections_closed_between_two_calls_are_not_used() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (close, close_requested) = std::sync::mpsc::channel();
    let (closed, wait) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let _ = connection.read(&mut [0; 65_536]).unwrap();
            let body = r#"{"response":"Audit","count":1,"links":[],"status":0,"statusCode":200}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}", body.len());
            write!(connection, "{head}\r\n\r\n{body}").unwrap();
            close_requested.recv().unwrap();
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
