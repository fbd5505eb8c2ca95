//! The history of rooms, folders and files (docs/portal/history-and-audit.md#room-history).

use std::time::Duration;

use docspace_mock::Request;
use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, NONE, READ};

impl Fixture {
    /// The history of a folder or a file, with its envelope.
    #[track_caller]
    fn log(&mut self, person: &str, path: &str) -> Value {
        let (status, answer) = self.call(person, "GET", path, Value::Null);
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// Copies or moves a file, and waits for it.
    #[track_caller]
    fn transfer(&mut self, verb: &str, file: i64, into: i64) {
        let body = json!({"folderIds": [], "fileIds": [file], "destFolderId": into, "conflictResolveType": 2});
        self.ok("owner", "PUT", &format!("files/fileops/{verb}"), body);
        self.portal.advance(Duration::from_secs(1));
    }
}

/// The kinds of the entries of a history, newest first.
fn kinds(answer: &Value) -> Vec<&str> {
    answer["response"].as_array().into_iter().flatten().filter_map(|entry| entry["action"]["key"].as_str()).collect()
}

#[test]
fn history_leaves_out_settings_of_links_invitations_quotas_and_pins() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let links = format!("files/rooms/{room}/links");
    let link = fixture.ok("owner", "PUT", &links, json!({"access": READ, "linkType": 1, "title": "x"}));
    let id = &link["sharedLink"]["id"];
    fixture.ok("owner", "PUT", &links, json!({"access": 10, "linkType": 1, "title": "x", "linkId": id}));
    fixture.ok("owner", "PUT", &links, json!({"access": READ, "linkType": 0, "title": "invitation"}));
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"quota": 1024}));
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}/pin"), Value::Null);
    let log = fixture.log("owner", &format!("files/folder/{room}/log"));
    assert_eq!(kinds(&log), ["RoomExternalLinkCreated", "RoomCreated"]);
    assert_eq!(log["response"][0]["data"]["access"], "Viewer");
}

#[test]
fn nothing_is_written_if_nothing_changed() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    for body in [json!({}), json!({"title": "Room"}), json!({"title": ""}), json!({"tags": []})] {
        fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), body);
    }
    assert_eq!(fixture.log("owner", &format!("files/folder/{room}/log"))["total"], 1);
}

#[test]
fn events_of_one_minute_are_grouped_within_a_page_and_counted_one_by_one() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let invitations = json!({"invitations": [
        {"id": fixture.id("user"), "access": READ}, {"id": fixture.id("guest"), "access": READ}]});
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}/share"), invitations);
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"title": "Between"}));
    fixture.share(room, "ann", READ);
    let path = format!("files/folder/{room}/log");
    let log = fixture.log("owner", &path);
    assert_eq!(kinds(&log), ["RoomCreateUser", "RoomRenamed", "RoomCreated"]);
    assert_eq!((&log["count"], &log["total"]), (&json!(5), &json!(5)));
    let related = &log["response"][0]["related"];
    assert_eq!(related.as_array().map(Vec::len), Some(2));
    assert_eq!(related[0].get("related"), None);
    let page = fixture.log("owner", &format!("{path}?count=1&startIndex=2"));
    assert_eq!((&page["count"], &page["total"]), (&json!(1), &json!(5)));
    assert_eq!(page["response"][0]["related"], json!([]), "the grouping happens within a page");
}

#[test]
fn events_of_different_minutes_are_not_grouped() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.share(room, "user", READ);
    fixture.portal.advance(Duration::from_secs(60));
    fixture.share(room, "guest", READ);
    let log = fixture.log("owner", &format!("files/folder/{room}/log"));
    assert_eq!(kinds(&log), ["RoomCreateUser", "RoomCreateUser", "RoomCreated"]);
}

#[test]
fn folders_and_files_have_histories_of_their_own() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let folder = fixture.ok("owner", "POST", &format!("files/folder/{room}"), json!({"title": "Docs"}))["id"].clone();
    let folder = folder.as_i64().expect("an id");
    let file = fixture.file("owner", folder, "a.txt");
    fixture.ok("owner", "PUT", &format!("files/file/{file}"), json!({"title": "b.txt"}));
    assert_eq!(kinds(&fixture.log("owner", &format!("files/file/{file}/log"))), ["FileRenamed", "FileCreated"]);
    let log = fixture.log("owner", &format!("files/folder/{folder}/log"));
    assert_eq!(kinds(&log), ["FileRenamed", "FileCreated", "FolderCreated"]);
    let data = &log["response"][0]["data"];
    assert_eq!((&data["oldTitle"], &data["newTitle"]), (&json!("a.txt"), &json!("b.txt")));
    assert_eq!((&data["parentTitle"], &data["parentType"]), (&json!("Docs"), &json!(0)));
    assert_eq!(fixture.log("owner", &format!("files/folder/{room}/log"))["total"], 4);
}

#[test]
fn moves_between_rooms_are_in_the_histories_of_both() {
    let mut fixture = Fixture::new();
    let (from, into) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    let file = fixture.file("owner", from, "a.txt");
    fixture.transfer("move", file, into);
    for room in [from, into] {
        let log = fixture.log("owner", &format!("files/folder/{room}/log"));
        assert_eq!(kinds(&log)[0], "FileMoved");
        let data = &log["response"][0]["data"];
        assert_eq!((&data["toFolderId"], &data["fromFolderId"]), (&json!(into.to_string()), &json!(from)));
    }
}

#[test]
fn my_documents_have_no_history() {
    let mut fixture = Fixture::new();
    let my = fixture.ok("ann", "GET", "files/@my", Value::Null)["current"]["id"].as_i64().expect("an id");
    let file = fixture.file("ann", my, "a.txt");
    for path in [format!("files/folder/{my}/log"), format!("files/file/{file}/log")] {
        let log = fixture.log("ann", &path);
        assert_eq!((&log["response"], &log["total"]), (&json!([]), &json!(0)), "{path}");
    }
}

#[test]
fn people_who_may_read_a_room_read_its_history() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let path = format!("files/folder/{room}/log");
    fixture.share(room, "guest", READ);
    for (person, status) in [("owner", 200), ("admin", 200), ("guest", 200), ("ann", 403), ("user", 403), ("", 401)] {
        assert_eq!(fixture.call(person, "GET", &path, Value::Null).0, status, "{person}");
    }
    fixture.share(room, "guest", NONE);
    assert_eq!(fixture.call("guest", "GET", &path, Value::Null).0, 403);
    fixture.archive(room);
    assert_eq!(kinds(&fixture.log("owner", &path))[0], "RoomArchived");
}

#[test]
fn history_in_a_zone_has_its_offset_and_compares_moments() {
    let mut fixture = Fixture::new();
    fixture.portal.set_time_zone("+05:30").expect("a zone");
    let room = fixture.room(CUSTOM);
    let path = format!("files/folder/{room}/log");
    let date = fixture.log("owner", &path)["response"][0]["date"].as_str().expect("a date").to_owned();
    assert!(date.ends_with("+05:30"), "{date}");
    let moment = date.replace(".0000000", "").replace('+', "%2B");
    assert_eq!(fixture.log("owner", &format!("{path}?fromDate={moment}&toDate={moment}"))["total"], 1);
    let bare = &date[..19];
    assert_eq!(fixture.call("owner", "GET", &format!("{path}?fromDate={bare}"), Value::Null).0, 400);
}

#[test]
fn report_is_a_file_in_my_documents_of_the_caller() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.share(room, "user", READ);
    let address = fixture.ok("user", "POST", &format!("files/folder/{room}/log/report"), Value::Null);
    let files = fixture.ok("user", "GET", "files/@my", Value::Null)["files"].clone();
    assert_eq!(files[0]["title"], format!("Audit Trail Report (room-{room}).csv"));
    let expected = format!("/doceditor?fileid={}&options={{\"codePage\":65001}}", files[0]["id"]);
    assert!(address.as_str().is_some_and(|address| address.ends_with(&expected)), "{address}");
}

#[test]
fn downloads_are_in_the_trail_and_not_in_the_history() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let file = fixture.file("owner", room, "a.txt");
    fixture.share(room, "guest", READ);
    let mut download = |person: &str| {
        let key = fixture.portal.key(person).unwrap_or_default();
        let request = Request::new("GET", &format!("/filehandler.ashx?action=download&fileid={file}"));
        let answer = fixture.portal.handle(&request.header("Authorization", &format!("Bearer {key}")));
        (answer.status, answer.body)
    };
    assert_eq!(download("guest"), (200, b"x".to_vec()));
    assert_eq!(download("user").0, 403);
    assert_eq!(fixture.log("owner", &format!("files/file/{file}/log"))["total"], 1);
    let events = fixture.ok("owner", "GET", "security/audit/events/filter?action=FileDownloaded", Value::Null);
    assert_eq!(events[0]["userId"], fixture.id("guest"));
    let body = json!({"fileIds": [file], "folderIds": [], "returnSingleOperation": true});
    assert_eq!(fixture.call("user", "PUT", "files/fileops/bulkdownload", body.clone()).0, 403);
    fixture.ok("guest", "PUT", "files/fileops/bulkdownload", body.clone());
    assert_eq!(fixture.call("guest", "PUT", "files/fileops/bulkdownload", body).0, 403, "too many downloads");
    fixture.portal.advance(Duration::from_secs(1));
    let record = fixture.ok("guest", "GET", "files/fileops", Value::Null);
    assert_eq!((&record[0]["Operation"], &record[0]["processed"]), (&json!(3), &json!("1")));
    assert!(record[0]["url"].as_str().is_some_and(|url| url.contains("action=bulk")), "{record}");
}
