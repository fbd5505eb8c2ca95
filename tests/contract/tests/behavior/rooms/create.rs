//! Creating rooms.

use contract::target::Target;
use docspace::RoomType;

#[tokio::test]
async fn new_rooms_have_the_requested_settings() {
    Target::run(async |target| {
        let (portal, title) = (target.portal(), target.title("room"));
        let tags = [target.title("a"), target.title("b")];
        let made = portal.rooms().create(&title, RoomType::Public).tags(&tags).color("FF5733").send();
        let made = made.await.unwrap();
        assert_eq!((made.title.as_str(), made.room_type, made.is_active()), (title.as_str(), RoomType::Public, true));
        assert_eq!(made.logo.color.as_deref(), Some("FF5733"));
        let mut tags_of_room = made.tags;
        tags_of_room.sort_unstable();
        assert_eq!(tags_of_room, tags);
    })
    .await;
}

#[tokio::test]
async fn rooms_of_every_type_can_be_created() {
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
