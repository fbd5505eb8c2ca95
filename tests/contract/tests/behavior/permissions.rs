//! Calls that the caller is not allowed to make.

use contract::target::Target;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::{MockPortal, Role};

#[tokio::test]
async fn users_and_guests_cannot_create_rooms() {
    let mock = MockPortal::builder()
        .person("uma", Role::User)
        .person("gus", Role::Guest)
        .start()
        .await
        .expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        for person in ["uma", "gus"] {
            let portal = Portal::builder(target.url()).api_key(mock.key(person)).build().unwrap();
            let error = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
            assert!(error.message().is_some_and(|message| !message.is_empty()));
        }
    })
    .await;
}

#[tokio::test]
async fn people_who_are_not_members_cannot_read_a_room() {
    let mock = MockPortal::builder().person("uma", Role::User).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let room = target.portal().rooms().create("x", RoomType::Custom).send().await.unwrap();
        let portal = Portal::builder(target.url()).api_key(mock.key("uma")).build().unwrap();
        assert!(portal.room(&room).get().await.unwrap_err().is_forbidden());
        assert!(portal.room(&room).archive().await.unwrap_err().is_forbidden());
        assert!(portal.room(&room).links().list().await.unwrap().is_empty());
    })
    .await;
}
