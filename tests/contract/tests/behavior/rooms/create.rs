//! New rooms.

use contract::target::Target;
use docspace::RoomType;

#[tokio::test]
async fn a_new_room_is_what_was_asked_for() {
    Target::run(async |target| {
        let (portal, title) = (target.portal(), target.title("room"));
        let tags = [target.title("a"), target.title("b")];
        let made = portal.rooms().create(&title, RoomType::Public).tags(&tags).color("FF5733").send();
        let made = made.await.unwrap();
        assert_eq!((made.title.as_str(), made.room_type, made.is_active()), (title.as_str(), RoomType::Public, true));
        assert_eq!(made.logo.color.as_deref(), Some("FF5733"));
        let mut given = made.tags;
        given.sort_unstable();
        assert_eq!(given, tags);
    })
    .await;
}

#[tokio::test]
async fn every_type_of_room_can_be_made() {
    Target::run(async |target| {
        let portal = target.portal();
        for kind in [RoomType::FillingForms, RoomType::Editing, RoomType::Custom, RoomType::Public] {
            let made = portal.rooms().create(target.title("room"), kind).send().await.unwrap();
            assert_eq!(made.room_type, kind);
        }
        let made = portal.rooms().create(target.title("room"), RoomType::VirtualData).send().await.unwrap();
        assert_eq!(made.room_type, RoomType::VirtualData);
    })
    .await;
}
