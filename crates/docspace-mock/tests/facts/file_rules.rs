//! Versions, copies, locks, favorites and uploads in parts
//! (docs/portal/folders-and-files.md#versions).

use docspace_mock::Request;
use serde_json::{Value, json};

use crate::CUSTOM;
use crate::content_rules::{failure, folder};
use crate::fixture::Fixture;

#[test]
fn restoring_an_unknown_version_makes_a_version_of_the_current_one() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let path = format!("files/file/{}", fixture.file("owner", room, "a"));
    let edits = fixture.ok("owner", "POST", &format!("{path}/restoreversion?version=99"), Value::Null);
    assert_eq!(edits.as_array().map(Vec::len), Some(2));
    assert_eq!(fixture.ok("owner", "PUT", &format!("{path}/comment"), json!({"version": 1, "comment": "x"})), "x");
    let (status, _) = fixture.call("owner", "PUT", &format!("{path}/comment"), json!({"version": 9, "comment": "x"}));
    assert_eq!(status, 403);
    let versions = fixture.ok("owner", "GET", &format!("{path}/history"), Value::Null);
    assert_eq!((&versions[0]["version"], &versions[1]["comment"]), (&json!(2), &json!("x")));
}

#[test]
fn copies_under_a_title_may_have_a_title_that_exists() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let path = format!("files/file/{}/copyas", fixture.file("owner", room, "a"));
    for (title, expected, comment) in
        [("a.txt", "a.txt", json!("Created")), ("copy", "copy.", Value::Null), ("a.xyz", "a.xyz", Value::Null)]
    {
        let copy = fixture.ok("owner", "POST", &path, json!({"destTitle": title, "destFolderId": room}));
        assert_eq!((&copy["title"], &copy["comment"]), (&json!(expected), &comment));
    }
    let missing = json!({"destTitle": "a", "destFolderId": 4711});
    assert_eq!(failure(&mut fixture, "owner", "POST", &path, missing), (403, "Access denied".to_owned()));
}

#[test]
fn the_answer_to_an_unlock_shows_the_comment_and_the_mark_from_before() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let file = format!("files/file/{}", fixture.file("owner", room, "a"));
    let lock = |fixture: &mut Fixture, locks: bool| {
        let view = fixture.ok("owner", "PUT", &format!("{file}/lock"), json!({"lockFile": locks}));
        (view.get("lastOpened").is_some(), view["comment"].clone())
    };
    assert_eq!(lock(&mut fixture, true), (false, Value::Null));
    assert_eq!(lock(&mut fixture, false), (true, Value::Null));
    assert_eq!(lock(&mut fixture, false), (false, json!("The file is unlocked")));
}

#[test]
fn favorites_are_marked_for_the_caller_only() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let (file, docs) = (fixture.file("owner", room, "a"), folder(&mut fixture, room, "Docs"));
    let body = json!({"fileIds": [file], "folderIds": [docs]});
    assert_eq!(fixture.ok("owner", "POST", "files/favorites", body.clone()), true);
    let status = |fixture: &mut Fixture, person: &str| {
        let view = fixture.ok(person, "GET", &format!("files/file/{file}"), Value::Null);
        (view["fileStatus"].as_i64(), view["isFavorite"].as_bool(), view.get("lastOpened").is_some())
    };
    assert_eq!(status(&mut fixture, "owner"), (Some(32), Some(true), true));
    assert_eq!(status(&mut fixture, "admin"), (Some(0), None, false));
    assert_eq!(fixture.ok("owner", "DELETE", "files/favorites", body.clone()), true);
    assert_eq!(status(&mut fixture, "owner"), (Some(0), None, false));
    assert_eq!(fixture.call("owner", "DELETE", "files/recent", body).0, 204);
}

#[test]
fn an_upload_in_parts_is_complete_only_with_all_bytes() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let body = json!({"fileName": "two.txt", "fileSize": 10, "relativePath": "x/y"});
    let session = fixture.ok("owner", "POST", &format!("files/{room}/session"), body);
    assert_eq!(session["path"].as_array().map(Vec::len), Some(4));
    let path = format!("files/{room}/session/{}", session["id"].as_str().expect("an id"));
    let part = |fixture: &mut Fixture| {
        let key = fixture.portal.key("owner").expect("a key");
        let mut request = Request::new("POST", &format!("/api/2.0/{path}/upload?chunkNumber=1"))
            .header("Authorization", &format!("Bearer {key}"))
            .header("Content-Type", "multipart/form-data; boundary=b");
        request.body =
            b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"two.txt\"\r\n\r\nhello\r\n--b--".into();
        fixture.portal.handle(&request).status
    };
    assert_eq!(part(&mut fixture), 200);
    let incomplete = failure(&mut fixture, "owner", "PUT", &format!("{path}/finalize"), Value::Null);
    assert_eq!(incomplete, (400, "uploadSize != bytesTotal".to_owned()));
    assert_eq!(part(&mut fixture), 200);
    let (status, body) = fixture.call("owner", "PUT", &format!("{path}/finalize"), Value::Null);
    assert_eq!((status, &body["response"]["version"], &body["statusCode"]), (201, &json!(2), &json!(201)));
    let (status, _) = fixture.call("owner", "PUT", &format!("files/{room}/session/unknown/finalize"), Value::Null);
    assert_eq!(status, 500);
    let large = json!({"fileName": "a", "fileSize": 200_000_000_000_i64});
    assert_eq!(fixture.call("owner", "POST", &format!("files/{room}/session"), large).0, 402);
}

#[test]
fn a_new_index_numbers_files_before_folders_and_reorder_closes_gaps() {
    let mut fixture = Fixture::new();
    let room = fixture.room_of("owner", json!({"title": "Room", "roomType": 8, "indexing": true}));
    let docs = folder(&mut fixture, room, "Docs");
    let file = fixture.file("owner", room, "a");
    let items = json!({"items": [{"entryId": docs, "entryType": 1, "order": 9}]});
    assert_eq!(fixture.ok("owner", "PUT", "files/order", items)[0]["order"], "9");
    let orders = |fixture: &mut Fixture| {
        let list = fixture.ok("owner", "GET", &format!("files/{room}"), Value::Null);
        (list["folders"][0]["order"].clone(), list["files"][0]["order"].clone())
    };
    assert_eq!(orders(&mut fixture), (json!("9"), json!("1")));
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}/reorder"), Value::Null);
    assert_eq!(orders(&mut fixture), (json!("2"), json!("1")));
    fixture.ok("owner", "PUT", &format!("files/{file}/order"), json!({"order": 2}));
    assert_eq!(orders(&mut fixture), (json!("1"), json!("2")));
    for indexing in [false, true] {
        fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"indexing": indexing}));
    }
    assert_eq!(orders(&mut fixture), (json!("2"), json!("1")));
    let wrong = json!({"items": [{"entryId": docs, "entryType": 2, "order": 1}]});
    assert_eq!(fixture.call("owner", "PUT", "files/order", wrong).0, 404);
}
