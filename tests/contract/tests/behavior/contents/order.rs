//! The order of entries in rooms with indexing.

use contract::target::Target;
use docspace::folders::EntryRef;
use docspace::{ErrorKind, RoomType};

use crate::fixture::titled_room;

#[tokio::test]
async fn entries_of_an_indexed_room_can_be_moved_to_a_place() {
    Target::run(async |target| {
        let portal = target.portal();
        let create = portal.rooms().create(target.title("room"), RoomType::VirtualData).indexing(true);
        let room = portal.room(create.send().await.unwrap());
        let folders = room.folders().create_tree(["A", "B"]).await.unwrap();
        let file = portal.file(room.upload("c.txt", "x").send().await.unwrap());
        assert_eq!(portal.folder(&folders[1]).set_order(1).await.unwrap().order.as_deref(), Some("1"));
        assert_eq!(file.set_order(2).await.unwrap().order.as_deref(), Some("2"));
        let places = [(EntryRef::from(&folders[0]), 1), (EntryRef::from(&file), 3)];
        let entries = room.set_order(places).await.unwrap();
        assert_eq!(entries.iter().map(|entry| entry.order.as_deref()).collect::<Vec<_>>(), [Some("1"), Some("3")]);
        assert_eq!(file.set_order(0).await.unwrap_err().kind(), ErrorKind::Invalid);
        assert!(portal.file(987_654_321).set_order(1).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn room_without_index_reports_that_nothing_was_changed() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let folder = portal.room(&made).folders().create("A").await.unwrap();
        let error = portal.folder(&folder).set_order(1).await.unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains("indexing of the room is off"), "{error}");
        let error = portal.room(&made).set_order([(&folder, 1)]).await.unwrap_err();
        assert!(error.is_invalid(), "{error}");
    })
    .await;
}
