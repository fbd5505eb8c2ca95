//! Copies, moves and deletes of entries, and copies of rooms
//! (docs/portal/folders-and-files.md#copy-move-delete-duplicate,
//! docs/portal/operations.md#duplicates-of-rooms).

use std::time::Duration;

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CONTENT_CREATOR, CUSTOM, FILLING_FORMS, PUBLIC, READ, ROOM_MANAGER};

/// A folder of the owner in a room or folder.
fn folder(fixture: &mut Fixture, parent: i64, title: &str) -> i64 {
    id(&fixture.ok("owner", "POST", &format!("files/folder/{parent}"), json!({"title": title})))
}

/// A text of the owner in a room or folder.
fn text(fixture: &mut Fixture, parent: i64, title: &str) -> i64 {
    let body = json!({"title": title, "content": "12345"});
    id(&fixture.ok("owner", "POST", &format!("files/{parent}/text"), body))
}

fn id(entry: &Value) -> i64 {
    entry["id"].as_i64().expect("an id")
}

/// Starts an operation and returns its finished record.
#[track_caller]
fn run(fixture: &mut Fixture, person: &str, call: &str, body: Value) -> Value {
    let mut body = body;
    body["returnSingleOperation"] = json!(true);
    let started = fixture.ok(person, "PUT", &format!("files/fileops/{call}"), body);
    finished(fixture, person, &started[0])
}

/// The finished record of a started operation.
#[track_caller]
fn finished(fixture: &mut Fixture, person: &str, started: &Value) -> Value {
    assert_eq!((started["status"].as_i64(), started["finished"].as_bool()), (Some(0), Some(false)));
    fixture.portal.advance(Duration::from_secs(1));
    let path = format!("files/fileops?id={}", started["id"].as_str().expect("an id"));
    let mut request =
        docspace_mock::Request::new("GET", &format!("/api/2.0/{}", path.split('?').next().expect("a path")));
    request.query = path.split('?').nth(1).unwrap_or_default().to_owned();
    let key = fixture.portal.key(person).expect("a key");
    let answer = fixture.portal.handle(&request.header("Authorization", &format!("Bearer {key}")));
    let record = answer.json().expect("JSON")["response"][0].take();
    assert_eq!(record["finished"], true, "{record}");
    record
}

/// Deletes a folder or file with its own call, and waits.
fn delete(fixture: &mut Fixture, path: &str, immediately: bool) {
    fixture.ok("owner", "DELETE", path, json!({"immediately": immediately}));
    fixture.portal.advance(Duration::from_secs(1));
}

/// The titles of the listed files and of the listed folders.
fn titles(fixture: &mut Fixture, path: &str) -> (Vec<String>, Vec<String>) {
    let list = fixture.ok("owner", "GET", path, Value::Null);
    let of = |name: &str| {
        let all = list[name].as_array().expect("a list").iter();
        let mut all: Vec<String> = all.filter_map(|one| one["title"].as_str().map(str::to_owned)).collect();
        all.sort();
        all
    };
    (of("files"), of("folders"))
}

#[test]
fn conflict_rule_decides_about_a_title_that_exists_in_the_target() {
    for (rule, call, here, there, processed) in [
        ("Skip", "copy", vec!["a.txt"], vec!["a.txt"], "0"),
        ("Overwrite", "copy", vec!["a.txt"], vec!["a.txt"], "1"),
        ("Duplicate", "copy", vec!["a.txt"], vec!["a (1).txt", "a.txt"], "1"),
        ("Skip", "move", vec!["a.txt"], vec!["a.txt"], "0"),
        ("Overwrite", "move", vec![], vec!["a.txt"], "1"),
        ("Duplicate", "move", vec![], vec!["a.txt", "a.txt"], "1"),
    ] {
        let mut fixture = Fixture::new();
        let (source, target) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
        let file = text(&mut fixture, source, "a");
        let existing = text(&mut fixture, target, "a");
        let body = json!({"fileIds": [file], "destFolderId": target, "conflictResolveType": rule});
        let record = run(&mut fixture, "owner", call, body);
        assert_eq!(record["processed"], processed, "{rule} {call}");
        assert_eq!(record.get("files").is_some(), processed != "0", "{rule} {call}");
        // Without anything done, the record names the target alone.
        assert_eq!(record["folders"][0]["id"].as_i64(), (processed == "0").then_some(target), "{rule} {call}");
        assert_eq!(titles(&mut fixture, &format!("files/{source}")).0, here, "{rule} {call}");
        assert_eq!(titles(&mut fixture, &format!("files/{target}")).0, there, "{rule} {call}");
        let kept = fixture.ok("owner", "GET", &format!("files/file/{existing}"), Value::Null);
        let version = if rule == "Overwrite" { (2, Some("Overwritten")) } else { (1, None) };
        assert_eq!((kept["version"].as_i64(), kept["comment"].as_str()), (Some(version.0), version.1));
    }
}

#[test]
fn copied_folder_counts_twice_and_its_duplicate_beside_it_once() {
    let mut fixture = Fixture::new();
    let (room, other) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    let docs = folder(&mut fixture, room, "Docs");
    folder(&mut fixture, docs, "Inner");
    text(&mut fixture, docs, "a");
    let record = run(&mut fixture, "owner", "copy", json!({"folderIds": [docs], "destFolderId": other}));
    assert_eq!(record["processed"], "5");
    let folders: Vec<_> = record["folders"].as_array().expect("folders").iter().map(|one| &one["title"]).collect();
    assert_eq!(folders, ["Room", "Docs"]);
    let record = run(&mut fixture, "owner", "duplicate", json!({"folderIds": [docs]}));
    assert_eq!((record["processed"].as_str(), record["folders"][1]["title"].as_str()), (Some("4"), Some("Docs (1)")));
}

#[test]
fn moved_folder_joins_a_folder_of_the_same_title() {
    let mut fixture = Fixture::new();
    let (room, other) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    let (moved, kept) = (folder(&mut fixture, room, "Docs"), folder(&mut fixture, other, "docs"));
    text(&mut fixture, moved, "a");
    run(&mut fixture, "owner", "move", json!({"folderIds": [moved], "destFolderId": other}));
    assert_eq!(titles(&mut fixture, &format!("files/{kept}")).0, ["a.txt"]);
    assert_eq!(fixture.call("owner", "GET", &format!("files/folder/{moved}"), Value::Null).0, 404);
}

#[test]
fn operations_on_entries_are_refused_before_they_start() {
    let mut fixture = Fixture::new();
    let (room, archived, forms) = (fixture.room(CUSTOM), fixture.room(CUSTOM), fixture.room(FILLING_FORMS));
    let (old, old_file) = (folder(&mut fixture, archived, "Old"), text(&mut fixture, archived, "old"));
    fixture.archive(archived);
    let (docs, file) = (folder(&mut fixture, room, "Docs"), text(&mut fixture, room, "a"));
    let inner = folder(&mut fixture, docs, "Inner");
    for (call, body, status) in [
        ("copy", json!({"folderIds": [docs], "destFolderId": inner}), 403),
        ("move", json!({"folderIds": [docs], "destFolderId": docs}), 403),
        ("copy", json!({"folderIds": [room], "destFolderId": docs}), 403),
        ("copy", json!({"fileIds": [4711], "destFolderId": docs}), 403),
        ("copy", json!({"fileIds": [file, 4711], "destFolderId": docs}), 404),
        ("move", json!({"folderIds": [4711], "destFolderId": docs}), 500),
        ("copy", json!({"fileIds": [file], "destFolderId": 4711}), 404),
        ("copy", json!({"fileIds": [file]}), 404),
        ("copy", json!({"fileIds": [file], "destFolderId": archived}), 403),
        ("copy", json!({"fileIds": [file], "destFolderId": forms}), 403),
        ("move", json!({"folderIds": [old], "destFolderId": docs}), 403),
        ("copy", json!({"folderIds": [old], "destFolderId": docs}), 200),
        ("duplicate", json!({"fileIds": [old_file]}), 403),
        ("duplicate", json!({"fileIds": [4711]}), 500),
        ("delete", json!({"folderIds": [4711]}), 404),
        ("delete", json!({"fileIds": [old_file]}), 403),
        ("copy", json!({"fileIds": [file], "destFolderId": docs, "conflictResolveType": "None"}), 400),
    ] {
        let (got, answer) = fixture.call("owner", "PUT", &format!("files/fileops/{call}"), body.clone());
        assert_eq!(got, status, "{call} {body}: {answer}");
    }
    for body in [json!({}), json!({"folderIds": [], "fileIds": null})] {
        assert_eq!(fixture.ok("owner", "PUT", "files/fileops/duplicate", body), json!([]));
    }
}

#[test]
fn content_creators_copy_but_do_not_move() {
    let mut fixture = Fixture::new();
    let (room, other) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    for room in [room, other] {
        fixture.share(room, "user", CONTENT_CREATOR);
        fixture.share(room, "guest", READ);
    }
    let file = text(&mut fixture, room, "a");
    for (person, call, status) in
        [("user", "copy", 200), ("user", "move", 403), ("guest", "copy", 403), ("", "copy", 401)]
    {
        let body = json!({"fileIds": [file], "destFolderId": other});
        assert_eq!(fixture.call(person, "PUT", &format!("files/fileops/{call}"), body).0, status, "{person} {call}");
    }
    let docs = folder(&mut fixture, room, "Docs");
    let record = run(&mut fixture, "guest", "duplicate", json!({"folderIds": [docs]}));
    assert_eq!(record["error"], "You don't have enough permission to create");
}

#[test]
fn deleted_entries_wait_in_the_trash_and_can_be_restored() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let docs = folder(&mut fixture, room, "Docs");
    text(&mut fixture, docs, "a");
    let used = |fixture: &mut Fixture| fixture.read("owner", room)["usedSpace"].as_i64();
    assert_eq!(used(&mut fixture), Some(5));
    delete(&mut fixture, &format!("files/folder/{docs}"), false);
    assert_eq!(used(&mut fixture), Some(0));
    let trash = fixture.ok("owner", "GET", "files/@trash", Value::Null);
    let entry = &trash["folders"][0];
    assert_eq!((entry["originId"].as_i64(), entry["originTitle"].as_str()), (Some(room), Some("Room")));
    assert_eq!((trash["current"]["filesCount"].as_i64(), trash["total"].as_i64()), (Some(1), Some(1)));
    let read = fixture.ok("owner", "GET", &format!("files/folder/{docs}"), Value::Null);
    assert_eq!((read["rootFolderType"].as_i64(), read.get("originId")), (Some(3), None));
    assert!(read["autoDelete"].is_string());
    for (person, method, path, status) in [
        ("owner", "GET", format!("files/{docs}"), 403),
        ("owner", "POST", format!("files/folder/{docs}"), 403),
        ("admin", "GET", format!("files/folder/{docs}"), 403),
    ] {
        let body = if method == "POST" { json!({"title": "x"}) } else { Value::Null };
        assert_eq!(fixture.call(person, method, &path, body).0, status, "{person} {method} {path}");
    }
    let trash = id(&trash["current"]);
    let (status, _) =
        fixture.call("owner", "PUT", "files/fileops/copy", json!({"folderIds": [docs], "destFolderId": trash}));
    assert_eq!(status, 403);
    run(&mut fixture, "owner", "move", json!({"folderIds": [docs], "destFolderId": room}));
    assert_eq!(titles(&mut fixture, &format!("files/{docs}")).0, ["a.txt"]);
}

#[test]
fn second_delete_and_the_emptying_of_the_trash_are_final() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let (docs, other) = (folder(&mut fixture, room, "Docs"), folder(&mut fixture, room, "Other"));
    text(&mut fixture, other, "a");
    for _ in 0..2 {
        delete(&mut fixture, &format!("files/folder/{docs}"), false);
    }
    assert_eq!(fixture.call("owner", "GET", &format!("files/folder/{docs}"), Value::Null).0, 404);
    delete(&mut fixture, &format!("files/folder/{other}"), false);
    fixture.ok("owner", "GET", "files/fileops", Value::Null);
    let started = fixture.ok("owner", "PUT", "files/fileops/emptytrash", Value::Null);
    assert_eq!(finished(&mut fixture, "owner", &started[0])["processed"], "2");
    assert_eq!(fixture.ok("owner", "PUT", "files/fileops/emptytrash", Value::Null), json!([]));
}

#[test]
fn files_that_are_deleted_for_good_still_count_as_used_and_free_their_id() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    text(&mut fixture, room, "kept");
    let file = text(&mut fixture, room, "a");
    delete(&mut fixture, &format!("files/file/{file}"), true);
    let read = fixture.read("owner", room);
    assert_eq!((read["usedSpace"].as_i64(), read["filesCount"].as_i64()), (Some(10), Some(1)));
    assert_eq!(text(&mut fixture, room, "b"), file);
    // Earlier versions count, too.
    fixture.ok(
        "owner",
        "POST",
        &format!("files/{room}/text"),
        json!({"title": "b", "content": "123", "createNewIfExist": true}),
    );
    assert_eq!(fixture.read("owner", room)["usedSpace"], 18);
}

#[test]
fn room_is_deleted_as_a_folder_only_without_the_trash() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let path = format!("files/folder/{room}");
    assert_eq!(fixture.call("owner", "DELETE", &path, json!({"immediately": false})).0, 403);
    assert_eq!(fixture.call("admin", "DELETE", &path, json!({"immediately": true})).0, 403);
    delete(&mut fixture, &path, true);
    assert_eq!(fixture.call("owner", "GET", &path, Value::Null).0, 404);
}

#[test]
fn copy_of_a_room_has_its_settings_and_content_but_not_its_people_and_cover() {
    let mut fixture = Fixture::new();
    let body = json!({"title": "Plan", "roomType": PUBLIC, "tags": ["t"], "color": "FF5733", "indexing": true});
    let room = fixture.room_of("owner", body);
    fixture.ok("owner", "POST", &format!("files/rooms/{room}/cover"), json!({"color": "112233", "cover": "flag"}));
    fixture.share(room, "user", CONTENT_CREATOR);
    let docs = folder(&mut fixture, room, "Docs");
    text(&mut fixture, docs, "a");
    text(&mut fixture, room, "b");
    let record = run(&mut fixture, "owner", "duplicate", json!({"folderIds": [room]}));
    assert_eq!((record["processed"].as_str(), record["folders"][0]["title"].as_str()), (Some("6"), Some("Rooms")));
    let copy = id(&record["folders"][1]);
    let read = fixture.read("owner", copy);
    assert_eq!((read["title"].as_str(), read["tags"][0].as_str()), (Some("Plan (1)"), Some("t")));
    assert_eq!((read["logo"]["color"].as_str(), read["logo"].get("cover")), (Some("112233"), None));
    assert_eq!((read["indexing"].as_bool(), read["sharedForUser"].as_bool()), (Some(true), Some(false)));
    // A Public room gets a primary link of its own.
    assert_eq!(read["shared"], true);
    let list = fixture.ok("owner", "GET", &format!("files/{copy}"), Value::Null);
    assert_eq!((list["files"][0]["order"].as_str(), list["folders"][0]["order"].as_str()), (Some("1"), Some("2")));
}

#[test]
fn copy_of_a_room_needs_the_right_to_copy_it() {
    let mut fixture = Fixture::new();
    let room = fixture.room_of("owner", json!({"title": "Plan", "roomType": CUSTOM, "denyDownload": true}));
    fixture.share(room, "user", CONTENT_CREATOR);
    fixture.share(room, "guest", READ);
    for person in ["guest", "admin", "ann"] {
        let record = run(&mut fixture, person, "duplicate", json!({"folderIds": [room]}));
        assert_eq!(record["error"], "You don't have enough permission to copy the folder", "{person}");
        assert_eq!((record["processed"].as_str(), record.get("folders")), (Some("0"), None), "{person}");
    }
    let record = run(&mut fixture, "user", "duplicate", json!({"folderIds": [room]}));
    let copy = &record["folders"][1];
    assert_eq!((copy["inRoom"].as_bool(), copy["access"].as_i64()), (Some(true), Some(0)));
    // The person owns the copy, and may not read it.
    assert_eq!(fixture.call("user", "GET", &format!("files/rooms/{}", copy["id"]), Value::Null).0, 403);
    fixture.archive(room);
    let record = run(&mut fixture, "owner", "duplicate", json!({"folderIds": [room]}));
    assert_eq!(record["error"], "You don't have permission to copy to this folder");
}

#[test]
fn title_of_a_copied_room_is_cut() {
    let mut fixture = Fixture::new();
    let title = "x".repeat(170);
    let room = fixture.room_of("owner", json!({"title": title, "roomType": CUSTOM}));
    let record = run(&mut fixture, "owner", "duplicate", json!({"folderIds": [room]}));
    assert_eq!(record["folders"][1]["title"], title);
}

#[test]
fn checks_name_the_entries_that_exist_in_the_target_and_fit_into_it() {
    let mut fixture = Fixture::new();
    let (room, other) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    let (docs, file) = (folder(&mut fixture, room, "Docs"), text(&mut fixture, room, "a"));
    text(&mut fixture, other, "A");
    let forms = fixture.room(FILLING_FORMS);
    let mut check = |person: &str, path: &str, query: String| {
        let mut request = docspace_mock::Request::new("GET", &format!("/api/2.0/files/fileops/{path}"));
        request.query = query;
        let key = fixture.portal.key(person).expect("a key");
        let answer = fixture.portal.handle(&request.header("Authorization", &format!("Bearer {key}")));
        (answer.status, answer.json().expect("JSON")["response"].take())
    };
    let (status, found) = check("owner", "move", format!("fileIds={file}&folderIds={docs}&destFolderId={other}"));
    assert_eq!((status, found.as_array().map(Vec::len), found[0]["id"].as_i64()), (200, Some(1), Some(file)));
    assert_eq!(check("owner", "move", String::new()).0, 403);
    assert_eq!(check("user", "move", format!("fileIds={file}&destFolderId={other}")).0, 403);
    for (person, target, result) in [("owner", other, 0), ("owner", forms, 2), ("user", other, 2)] {
        let (_, answer) = check(person, "checkdestfolder", format!("fileIds={file}&destFolderId={target}"));
        assert_eq!(answer["result"], result, "{person}");
    }
}

#[test]
fn record_of_read_marks_lists_what_the_person_may_read() {
    let mut fixture = Fixture::new();
    let (room, other) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    fixture.share(room, "user", READ);
    let file = text(&mut fixture, room, "a");
    let body = json!({"folderIds": [room, other, 4711], "fileIds": [file]});
    let record = run(&mut fixture, "user", "markasread", body);
    assert_eq!((record["Operation"].as_i64(), record["processed"].as_str()), (Some(4), Some("2")));
    assert_eq!((record["folders"][0]["id"].as_i64(), record["files"][0]["id"].as_i64()), (Some(room), Some(file)));
}

#[test]
fn my_documents_belong_to_one_person_and_guests_have_none() {
    let mut fixture = Fixture::new();
    let mine = fixture.ok("user", "GET", "files/@my", Value::Null);
    let my = id(&mine["current"]);
    let made = fixture.ok("user", "POST", "files/@my/text", json!({"title": "a", "content": "x"}));
    assert_eq!((made["folderId"].as_i64(), made["rootFolderType"].as_i64()), (Some(my), Some(5)));
    // The list does not count the entries, and the folder itself does.
    let listed = fixture.ok("user", "GET", "files/@my", Value::Null);
    assert_eq!((listed["total"].as_i64(), listed["current"]["filesCount"].as_i64()), (Some(1), Some(0)));
    let read = fixture.ok("user", "GET", &format!("files/folder/{my}"), Value::Null);
    assert_eq!(read["filesCount"], 1);
    for (person, method, path, status) in [
        ("owner", "GET", format!("files/{my}"), 403),
        ("owner", "POST", format!("files/folder/{my}"), 403),
        ("user", "PUT", format!("files/folder/{my}"), 403),
        ("user", "GET", format!("files/rooms/{my}"), 200),
        ("guest", "GET", "files/@my".into(), 404),
        ("guest", "POST", "files/@my/file".into(), 500),
        ("guest", "GET", "files/@trash".into(), 200),
        ("user", "GET", "files/@privacy".into(), 403),
        ("user", "GET", "files/@projects".into(), 404),
        ("", "GET", "files/@my".into(), 401),
    ] {
        let body = if method == "GET" { Value::Null } else { json!({"title": "x"}) };
        assert_eq!(fixture.call(person, method, &path, body).0, status, "{person} {method} {path}");
    }
    let roots = fixture.ok("guest", "GET", "files/@root", Value::Null);
    let roots: Vec<_> = roots.as_array().expect("a list").iter().map(|list| &list["current"]["title"]).collect();
    assert_eq!(roots, ["Favorites", "Recent", "Shared with me", "Trash", "Rooms", "Archive", "AI agents"]);
}

#[test]
fn saving_a_file_changes_all_folders_around_it() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.share(room, "user", CONTENT_CREATOR);
    let docs = folder(&mut fixture, room, "Docs");
    fixture.ok("user", "POST", &format!("files/{docs}/text"), json!({"title": "a", "content": "x"}));
    let user = fixture.id("user");
    let path = fixture.ok("owner", "GET", &format!("files/folder/{docs}/path"), Value::Null);
    for folder in path.as_array().expect("a path") {
        assert_eq!(folder["updatedBy"]["id"], user.as_str(), "{folder}");
    }
}

#[test]
fn access_to_an_own_file_depends_on_the_role() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    for (person, role, access) in
        [("user", CONTENT_CREATOR, 0), ("guest", CONTENT_CREATOR, CONTENT_CREATOR), ("ann", ROOM_MANAGER, ROOM_MANAGER)]
    {
        fixture.share(room, person, role);
        let body = json!({"title": person, "content": "x"});
        let made = fixture.ok(person, "POST", &format!("files/{room}/text"), body);
        assert_eq!(made["access"], access, "{person}");
    }
}

#[test]
fn one_file_names_the_folder_and_the_room_around_it() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let docs = folder(&mut fixture, room, "Docs");
    let (inner, outer) = (text(&mut fixture, docs, "a"), text(&mut fixture, room, "b"));
    let read =
        |fixture: &mut Fixture, file: i64| fixture.ok("owner", "GET", &format!("files/file/{file}"), Value::Null);
    let origin = |file: &Value| (file["originTitle"].as_str().map(str::to_owned), file["originRoomId"].as_i64());
    assert_eq!(origin(&read(&mut fixture, inner)), (Some("Docs".into()), Some(room)));
    assert_eq!(origin(&read(&mut fixture, outer)), (None, Some(room)));
    delete(&mut fixture, &format!("files/file/{outer}"), false);
    assert_eq!(origin(&read(&mut fixture, outer)), (Some("Trash".into()), None));
    fixture.archive(room);
    assert_eq!(origin(&read(&mut fixture, inner)), (Some("Docs".into()), Some(room)));
}

#[test]
fn admin_who_manages_a_room_may_also_move_it_and_change_its_owner() {
    let mut fixture = Fixture::new();
    let room = fixture.room_of("ann", json!({"title": "Room", "roomType": CUSTOM}));
    let body = json!({"invitations": [{"id": fixture.id("admin"), "access": ROOM_MANAGER}]});
    fixture.ok("ann", "PUT", &format!("files/rooms/{room}/share"), body);
    let rights = fixture.read("admin", room)["security"].take();
    assert_eq!((rights["Move"].as_bool(), rights["ChangeOwner"].as_bool()), (Some(true), Some(true)));
    assert_eq!(rights["Delete"], false);
}
