//! The guide "Manage rooms".

use contract::raw::Body;
use contract::target::Target;
use serde_json::json;

use super::{CUSTOM, PUBLIC, room};

#[tokio::test]
async fn archiving_without_a_body_is_refused() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let (raw, path) = (target.raw(), format!("files/rooms/{id}/archive"));
        raw.send("PUT", &path, Body::Absent).await.assert_unsupported();
        raw.send("PUT", &path, Body::Empty).await.assert_invalid(&["ArchiveRoom"]);
        raw.send("PUT", &path, Body::Text("null")).await.assert_invalid(&["ArchiveRoom"]);
        raw.send("PUT", &path, json!({})).await.response();
    })
    .await;
}

#[tokio::test]
async fn restoring_without_a_body_is_refused() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let (raw, path) = (target.raw(), format!("files/rooms/{id}/unarchive"));
        raw.send("PUT", &path, Body::Absent).await.assert_unsupported();
        raw.send("PUT", &path, Body::Empty).await.assert_invalid(&["ArchiveRoom"]);
        raw.send("PUT", &path, json!({})).await.response();
    })
    .await;
}

#[tokio::test]
async fn deleting_without_a_body_is_refused() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let (raw, path) = (target.raw(), format!("files/rooms/{id}"));
        raw.send("DELETE", &path, Body::Absent).await.assert_unsupported();
        raw.send("DELETE", &path, Body::Empty).await.assert_invalid(&["DeleteRoom"]);
        raw.send("DELETE", &path, json!({})).await.response();
    })
    .await;
}

#[tokio::test]
async fn the_body_is_checked_before_the_room() {
    Target::run(async |target| {
        target.raw().send("PUT", "files/rooms/987654321/archive", Body::Absent).await.assert_unsupported();
        target.raw().send("PUT", "files/rooms/987654321/archive", json!({})).await.assert_error(404);
    })
    .await;
}

#[tokio::test]
async fn rooms_need_a_type_and_have_no_description() {
    Target::run(async |target| {
        let (raw, title) = (target.raw(), target.title("room"));
        let guide = json!({"title": title, "description": "from the guide"});
        raw.send("POST", "files/rooms", guide).await.assert_invalid(&["$"]);
        let fixed = json!({"title": title, "roomType": CUSTOM, "description": "from the guide"});
        let made = raw.send("POST", "files/rooms", fixed).await;
        assert_eq!(made.response()["title"], json!(title));
        assert_eq!(made.response().get("description"), None);
    })
    .await;
}

#[tokio::test]
async fn rooms_need_a_title() {
    Target::run(async |target| {
        let (raw, title) = (target.raw(), target.title("room"));
        let guide = json!({"roomType": "PublicRoom", "color": "FF0000"});
        raw.send("POST", "files/rooms", guide).await.assert_invalid(&["$"]);
        raw.send("POST", "files/rooms", json!({"roomType": CUSTOM, "title": ""})).await.assert_error(400);
        let fixed = json!({"roomType": "PublicRoom", "color": "FF0000", "title": title});
        let made = raw.send("POST", "files/rooms", fixed).await;
        assert_eq!(made.response()["roomType"], PUBLIC);
        assert_eq!(made.response()["logo"]["color"], "FF0000");
    })
    .await;
}

#[tokio::test]
async fn colors_with_a_hash_sign_are_rejected() {
    Target::run(async |target| {
        let guide = json!({"title": target.title("room"), "roomType": CUSTOM, "color": "#FF5733"});
        target.raw().send("POST", "files/rooms", guide).await.assert_invalid(&["Color"]);
    })
    .await;
}

#[tokio::test]
async fn rooms_are_renamed_with_a_title_in_an_update() {
    Target::run(async |target| {
        let (id, title) = (room(target, CUSTOM).await, target.title("renamed"));
        let changed = target.raw().send("PUT", &format!("files/rooms/{id}"), json!({"title": title})).await;
        assert_eq!(changed.response()["title"], json!(title));
    })
    .await;
}

#[tokio::test]
async fn operations_with_delete_after_are_never_listed_as_finished() {
    Target::run(async |target| {
        let id = room(target, CUSTOM).await;
        let raw = target.raw();
        let started = raw.send("PUT", &format!("files/rooms/{id}/archive"), json!({"DeleteAfter": true})).await;
        let list = format!("files/fileops?id={}", started.response()["id"].as_str().expect("an id"));
        for attempt in 0.. {
            let listed = raw.get(&list).await;
            let Some(record) = listed.response().get(0) else { break };
            assert_ne!(record["finished"], true);
            assert!(attempt < 200, "the operation is still listed: {record}");
            target.pause().await;
        }
        // Only the room shows that it was archived: its root folder is the archive.
        assert_eq!(raw.get(&format!("files/rooms/{id}")).await.response()["rootFolderType"], 20);
    })
    .await;
}

/// A client that polls the id from the answer may poll the wrong deletion: the earlier one, as long
/// as that one runs or its end is unread.
#[tokio::test]
async fn deletions_may_be_answered_with_the_id_of_an_earlier_deletion() {
    Target::run(async |target| {
        let (first, second) = (room(target, CUSTOM).await, room(target, CUSTOM).await);
        let raw = target.raw();
        // Reads what other tests on the same portal have left unread.
        raw.get("files/fileops").await;
        let one = raw.send("DELETE", &format!("files/rooms/{first}"), json!({})).await;
        let two = raw.send("DELETE", &format!("files/rooms/{second}"), json!({})).await;
        let (one, two) = (&one.response()["id"], &two.response()["id"]);
        let listed = raw.get("files/fileops/2").await;
        let own = listed.response().as_array().and_then(|records| Some(records.last()?["id"].clone()));
        assert!(two == one || Some(two) == own.as_ref(), "{two} is neither {one} nor {own:?}");
    })
    .await;
}

#[tokio::test]
async fn archiving_is_answered_with_the_id_of_its_own_operation() {
    Target::run(async |target| {
        let (first, second) = (room(target, CUSTOM).await, room(target, CUSTOM).await);
        let raw = target.raw();
        let one = raw.send("PUT", &format!("files/rooms/{first}/archive"), json!({})).await;
        let two = raw.send("PUT", &format!("files/rooms/{second}/archive"), json!({})).await;
        assert_ne!(one.response()["id"], two.response()["id"]);
    })
    .await;
}
