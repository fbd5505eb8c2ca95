//! Folders and files in rooms (docs/portal/folders-and-files.md).

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CONTENT_CREATOR, CUSTOM, PUBLIC, READ};

/// A folder of the owner in a room or folder.
pub(crate) fn folder(fixture: &mut Fixture, parent: i64, title: &str) -> i64 {
    let made = fixture.ok("owner", "POST", &format!("files/folder/{parent}"), json!({"title": title}));
    made["id"].as_i64().expect("an id")
}

/// The status and the message of a failed call.
pub(crate) fn failure(fixture: &mut Fixture, person: &str, method: &str, path: &str, body: Value) -> (u16, String) {
    let (status, body) = fixture.call(person, method, path, body);
    (status, body["error"]["message"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn counters_of_folders_count_every_depth() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let outer = folder(&mut fixture, room, "Outer");
    let inner = folder(&mut fixture, outer, "Inner");
    folder(&mut fixture, inner, "Innermost");
    fixture.ok("owner", "POST", &format!("files/{inner}/text"), json!({"title": "a", "content": "x"}));
    let read = fixture.ok("owner", "GET", &format!("files/folder/{outer}"), Value::Null);
    assert_eq!((read["foldersCount"].as_i64(), read["filesCount"].as_i64()), (Some(2), Some(1)));
}

#[test]
fn renaming_stores_an_empty_title_but_creating_refuses_it_before_it_checks_rights() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let id = folder(&mut fixture, room, "Docs");
    let renamed = fixture.ok("owner", "PUT", &format!("files/folder/{id}"), json!({"title": " "}));
    assert_eq!(renamed["title"], "");
    for person in ["owner", "user"] {
        let path = format!("files/folder/{room}");
        let (status, message) = failure(&mut fixture, person, "POST", &path, json!({"title": ""}));
        assert_eq!((status, message.as_str()), (400, "The value cannot be an empty string. (Parameter 'title')"));
    }
}

#[test]
fn missing_parent_fails_with_403_and_other_calls_with_404() {
    let mut fixture = Fixture::new();
    for (method, path, expected) in [
        ("POST", "files/folder/4711", 403),
        ("PUT", "files/folder/4711", 404),
        ("GET", "files/folder/4711", 404),
        ("GET", "files/folder/4711/path", 404),
        ("GET", "files/4711/subfolders", 404),
    ] {
        let body = if method == "GET" { Value::Null } else { json!({"title": "x"}) };
        let got = failure(&mut fixture, "owner", method, path, body);
        assert_eq!(got, (expected, "The required folder was not found".to_owned()), "{method} {path}");
    }
}

#[test]
fn content_creators_may_rename_only_their_own_folders() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.share(room, "user", CONTENT_CREATOR);
    let foreign = folder(&mut fixture, room, "Foreign");
    let own = fixture.ok("user", "POST", &format!("files/folder/{room}"), json!({"title": "Own"}));
    assert_eq!((own["access"].as_i64(), own["security"]["Rename"].as_bool()), (Some(CONTENT_CREATOR), Some(true)));
    fixture.ok("user", "PUT", &format!("files/folder/{}", own["id"]), json!({"title": "Renamed"}));
    let got = failure(&mut fixture, "user", "PUT", &format!("files/folder/{foreign}"), json!({"title": "x"}));
    assert_eq!(got, (403, "You don't have enough permission to rename the folder".to_owned()));
}

#[test]
fn entries_of_a_room_with_a_link_have_a_shared_parent() {
    let mut fixture = Fixture::new();
    for (room_type, shared) in [(PUBLIC, true), (CUSTOM, false)] {
        let room = fixture.room(room_type);
        let id = folder(&mut fixture, room, "Docs");
        let read = fixture.ok("owner", "GET", &format!("files/folder/{id}"), Value::Null);
        assert_eq!(read["parentShared"], shared);
    }
}

#[test]
fn text_of_an_existing_title_gets_a_number_or_becomes_a_version() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let path = format!("files/{room}/text");
    for (new, title, version) in [(false, "a.txt", 1), (false, "a (1).txt", 1), (true, "a.txt", 2)] {
        let body = json!({"title": "a", "content": "x", "createNewIfExist": new});
        let made = fixture.ok("owner", "POST", &path, body);
        assert_eq!((made["title"].as_str(), made["version"].as_i64()), (Some(title), Some(version)));
    }
    let found =
        fixture.ok("owner", "POST", &format!("files/{room}/upload/check"), json!({"filesTitle": ["A.TXT", "b"]}));
    assert_eq!(found, json!(["A.TXT"]));
}

#[test]
fn files_keep_their_extension_when_they_are_renamed() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let made = fixture.ok("owner", "POST", &format!("files/{room}/file"), json!({"title": "a"}));
    assert_eq!((made["title"].as_str(), made["contentLength"].as_str()), (Some("a.docx"), Some("7.54 KB")));
    let renamed = fixture.ok("owner", "PUT", &format!("files/file/{}", made["id"]), json!({"title": "b.txt"}));
    assert_eq!(renamed["title"], "b.txt.docx");
}

#[test]
fn order_moves_the_entries_between_the_old_and_the_new_place() {
    let mut fixture = Fixture::new();
    let room = fixture.room_of("owner", json!({"title": "Room", "roomType": 8, "indexing": true}));
    let ids: Vec<i64> = ["a", "b", "c"].iter().map(|title| folder(&mut fixture, room, title)).collect();
    fixture.ok("owner", "PUT", &format!("files/folder/{}/order", ids[2]), json!({"order": 1}));
    let list = fixture.ok("owner", "GET", &format!("files/{room}"), Value::Null);
    let order = list["folders"].as_array().expect("folders").iter();
    let order: Vec<_> = order.map(|folder| (folder["title"].as_str(), folder["order"].as_str())).collect();
    assert_eq!(order, [(Some("c"), Some("1")), (Some("a"), Some("2")), (Some("b"), Some("3"))]);
    fixture.share(room, "guest", READ);
    let (status, _) = fixture.call("guest", "PUT", &format!("files/folder/{}/order", ids[0]), json!({"order": 1}));
    assert_eq!(status, 403);
}

#[test]
fn published_calls_that_are_not_modeled_fail_with_501_and_unknown_paths_with_404() {
    let mut fixture = Fixture::new();
    let (status, message) = failure(&mut fixture, "owner", "POST", "files/thirdparty", Value::Null);
    assert_eq!(status, 501);
    assert!(message.starts_with("docspace-mock does not model POST /api/2.0/files/thirdparty."), "{message}");
    assert_eq!(fixture.call("owner", "GET", "files/no/such/path", Value::Null).0, 404);
    assert_eq!(fixture.call("owner", "PATCH", "files/rooms/7", Value::Null).0, 405);
}
