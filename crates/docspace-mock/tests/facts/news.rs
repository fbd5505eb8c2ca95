//! News (docs/portal/history-and-audit.md#news).

use std::time::Duration;

use serde_json::{Value, json};

use crate::content_rules::folder;
use crate::fixture::Fixture;
use crate::{CONTENT_CREATOR, CUSTOM, READ};

/// A room with a folder into which a content creator has uploaded a file, as soon as that is news.
fn room_with_news(fixture: &mut Fixture) -> (i64, i64, i64) {
    let room = fixture.room(CUSTOM);
    fixture.share(room, "user", CONTENT_CREATOR);
    fixture.share(room, "guest", READ);
    let docs = folder(fixture, room, "Docs");
    let file = fixture.file("user", docs, "a");
    fixture.portal.advance(Duration::from_secs(4));
    (room, docs, file)
}

#[test]
fn a_file_is_news_for_all_members_but_not_for_its_maker_and_for_other_admins() {
    let mut fixture = Fixture::new();
    let (room, docs, file) = room_with_news(&mut fixture);
    for (person, count) in [("owner", 1), ("guest", 1), ("user", 0), ("admin", 0)] {
        let news = fixture.ok(person, "GET", &format!("files/{room}/news"), Value::Null);
        assert_eq!(news.as_array().map(Vec::len), Some(count), "{person}");
        assert_eq!(fixture.read(person, room)["new"], count, "{person}");
        let status = fixture.ok(person, "GET", &format!("files/file/{file}"), Value::Null)["fileStatus"].clone();
        assert_eq!(status, 2 * count, "{person}");
    }
    let list = fixture.ok("owner", "GET", &format!("files/{room}"), Value::Null);
    assert_eq!((&list["folders"][0]["id"], &list["folders"][0]["new"]), (&json!(docs), &json!(1)));
    let days = fixture.ok("owner", "GET", "files/rooms/news", Value::Null);
    assert_eq!(
        (&days[0]["items"][0]["room"]["id"], &days[0]["items"][0]["items"][0]["id"]),
        (&json!(room), &json!(file))
    );
    assert!(days[0]["items"][0]["room"].get("availableShareRights").is_none());
}

#[test]
fn marking_one_folder_as_read_clears_all_news_of_the_caller_only() {
    let mut fixture = Fixture::new();
    let (room, docs, _) = room_with_news(&mut fixture);
    let other = fixture.room(CUSTOM);
    fixture.share(other, "user", CONTENT_CREATOR);
    fixture.file("user", other, "b");
    fixture.portal.advance(Duration::from_secs(4));
    fixture.ok("owner", "PUT", "files/fileops/markasread", json!({"folderIds": [docs]}));
    fixture.portal.advance(Duration::from_secs(1));
    assert_eq!(fixture.ok("owner", "GET", "files/rooms/news", Value::Null), json!([]));
    assert_eq!(fixture.read("guest", room)["new"], 1);
}

#[test]
fn muted_rooms_collect_news_that_the_list_of_rooms_does_not_count() {
    let mut fixture = Fixture::new();
    let (room, _, _) = room_with_news(&mut fixture);
    let muted = fixture.ok("owner", "POST", "settings/notification/rooms", json!({"roomsId": room, "mute": true}));
    assert_eq!(muted, json!({"disabledRooms": [room.to_string()]}));
    let list = fixture.ok("owner", "GET", "files/rooms", Value::Null);
    let listed = &list["folders"][0];
    assert_eq!((&list["new"], &listed["new"], &listed["mute"]), (&json!(0), &json!(1), &json!(true)));
}
