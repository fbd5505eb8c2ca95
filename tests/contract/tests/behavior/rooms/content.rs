//! Content of a room: its entries, their order, and its news.

use contract::target::Target;
use docspace::RoomType;
use docspace::rooms::Entry;
use futures::TryStreamExt;
use serde_json::json;

use crate::fixture::titled_room;

#[tokio::test]
async fn the_content_of_rooms_and_folders_is_listed() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        assert!(portal.room(&made).content().try_next().await.unwrap().is_none());
        let path = format!("files/folder/{}", made.id);
        let inner = target.raw().send("POST", &path, json!({"title": "Inner"})).await;
        target.raw().send("POST", &format!("files/folder/{}", inner.response()["id"]), json!({"title": "Deep"})).await;
        let entries: Vec<Entry> = portal.room(&made).content().try_collect().await.unwrap();
        let [Entry::Folder(inner)] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!(inner.title, "Inner");
        let deep: Vec<Entry> = portal.folder_content(inner.id.clone()).try_collect().await.unwrap();
        assert!(matches!(deep.as_slice(), [Entry::Folder(deep)] if deep.title == "Deep"), "{deep:?}");
        let missing: Result<Vec<Entry>, _> = portal.room(987_654_321).content().try_collect().await;
        assert!(missing.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn entries_of_a_room_can_be_renumbered() {
    Target::run(async |target| {
        let portal = target.portal();
        let create = portal.rooms().create(target.title("room"), RoomType::VirtualData).indexing(true);
        let made = create.send().await.unwrap();
        assert_eq!(portal.room(&made).reorder().await.unwrap().id, made.id);
        assert!(portal.room(987_654_321).reorder().await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn rooms_without_news_return_an_empty_list() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        assert!(portal.room(&made).news().await.unwrap().is_empty());
        assert!(portal.room(987_654_321).news().await.unwrap_err().is_not_found());
        portal.rooms().news().await.unwrap();
    })
    .await;
}
