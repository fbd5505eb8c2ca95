//! Whether a test leaves nothing behind on a portal that others use too.

use contract::target::Target;
use docspace::RoomType;
use docspace_mock::MockPortal;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;

/// Makes one of everything.
async fn litter(target: &Target) {
    let portal = target.portal();
    let make = async || {
        portal.rooms().create(target.title("room"), RoomType::Custom).tags([target.title("tag")]).send().await.unwrap()
    };
    let (room, archived) = (make().await, make().await);
    portal.room(&archived).archive().await.unwrap().wait().await.unwrap();
    portal.room(&room).save_as_template(target.title("template")).start().await.unwrap().wait().await.unwrap();
}

/// How many rooms, templates and tags there are.
async fn count(target: &Target) -> usize {
    let portal = target.portal();
    let rooms = portal.rooms().list().all().await.unwrap().len();
    let archived = portal.rooms().list().archived().all().await.unwrap().len();
    let tags = target.raw().get("files/tags").await.response().as_array().expect("tags").len();
    rooms + archived + tags + portal.templates().list().all().await.unwrap().len()
}

#[tokio::test]
async fn nothing_is_left_behind() {
    Target::on_mock(async |others, mock| {
        litter(others).await;
        let before = count(others).await;
        on(mock)
            .run_and_clean_up(async |target| {
                litter(target).await;
                assert_eq!(count(target).await, before + 4);
            })
            .await;
        assert_eq!(count(others).await, before);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_left_behind_by_a_test_that_fails() {
    Target::on_mock(async |others, mock| {
        let target = on(mock);
        let failing = target.run_and_clean_up(async |target| {
            litter(target).await;
            panic!("a failed assertion");
        });
        let panic = AssertUnwindSafe(failing).catch_unwind().await.unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"a failed assertion"));
        assert_eq!(count(others).await, 0);
    })
    .await;
}

fn on(mock: &MockPortal) -> Target {
    Target::at(mock.url(), mock.owner_key(), false)
}
