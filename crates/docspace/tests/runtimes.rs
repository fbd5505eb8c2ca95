//! Calls of a program with several runtimes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use docspace::{Error, ErrorKind, Portal, RoomType};
use docspace_mock::MockPortal;
use futures::FutureExt;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn calls_started_on_a_runtime_that_was_shut_down_panic_with_the_reason() {
    let served = Runtime::new().unwrap();
    let mock = served.block_on(MockPortal::builder().start()).unwrap();
    let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).build().unwrap();
    let (first, second) = (runtime(), runtime());
    let id = first.block_on(portal.rooms().create("x", RoomType::Custom).send()).unwrap().id;
    let handle = portal.room(&id);
    // The call is in flight when its runtime is shut down.
    mock.set_latency(Duration::from_secs(60));
    let mut archiving = Box::pin(async { handle.archive().await?.wait().await });
    first.block_on(async {
        let _ = tokio::time::timeout(Duration::from_micros(100), &mut archiving).await;
    });
    drop(first);
    let panic = catch_unwind(AssertUnwindSafe(|| second.block_on(archiving))).unwrap_err();
    let message = panic.downcast_ref::<&str>().expect("a message");
    assert!(message.contains("runtime on which the call to the portal was started has been shut down"), "{message}");
    // Other calls still work.
    mock.set_latency(Duration::ZERO);
    assert_eq!(second.block_on(handle.get()).unwrap().title, "x");
}

#[test]
fn calls_outside_a_runtime_fail_and_say_what_to_do() {
    let portal = Portal::builder("http://localhost:1").api_key("sk-0123").build().unwrap();
    let (room, rooms) = (portal.room(17), portal.rooms());
    let calls = async {
        vec![
            room.get().await.unwrap_err(),
            room.archive().await.unwrap_err(),
            room.clone().delete().await.unwrap_err(),
            rooms.create("x", RoomType::Custom).send().await.unwrap_err(),
            rooms.list().all().await.unwrap_err(),
            rooms.many([1]).archive().finish().await.failed.remove(0).1,
            portal.template(23).create_room("x").start().await.unwrap_err(),
            portal.is_signed_in().await.unwrap_err(),
        ]
    };
    let errors: Vec<Error> = calls.now_or_never().expect("nothing to wait for");
    for error in errors {
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
        assert!(error.to_string().contains("needs a Tokio runtime"), "{error}");
        assert!(error.advice().contains("tokio::main") && !error.is_retryable(), "{error}");
    }
}
