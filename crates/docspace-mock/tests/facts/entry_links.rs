//! Links of folders and files inside rooms (docs/portal/links.md#links-of-folders-and-files).

use serde_json::{Value, json};

use crate::content_rules::{failure, folder};
use crate::fixture::Fixture;
use crate::{CONTENT_CREATOR, CUSTOM, EDITING, EDITING_ROOM, FILLING_FORMS, PUBLIC, READ, ROOM_MANAGER, VIRTUAL_DATA};

/// Creates or changes a link of an entry, such as `folder/7`.
#[track_caller]
fn set(fixture: &mut Fixture, entry: &str, body: Value) -> Value {
    fixture.ok("owner", "PUT", &format!("files/{entry}/links"), body)
}

/// The key of a new link of an entry.
#[track_caller]
fn key(fixture: &mut Fixture, entry: &str, mut body: Value) -> String {
    body["access"] = json!(READ);
    set(fixture, entry, body)["sharedLink"]["requestToken"].as_str().expect("a key").to_owned()
}

#[test]
fn entries_have_links_even_in_rooms_that_have_none_but_not_in_filling_forms_rooms() {
    for room_type in [CUSTOM, PUBLIC, EDITING_ROOM, VIRTUAL_DATA] {
        let mut fixture = Fixture::new();
        let room = fixture.room(room_type);
        let id = folder(&mut fixture, room, "Docs");
        let made = set(&mut fixture, &format!("folder/{id}"), json!({"access": READ, "internal": true}));
        // A VirtualData room makes every link internal, and a Public room none.
        assert_eq!(made["sharedLink"]["internal"], json!(room_type != PUBLIC), "{room_type}");
    }
    let mut fixture = Fixture::new();
    let room = fixture.room(FILLING_FORMS);
    let id = folder(&mut fixture, room, "Docs");
    let path = format!("files/folder/{id}/link");
    let refused = (403, "The role is not available for this user type".to_owned());
    assert_eq!(failure(&mut fixture, "owner", "GET", &path, Value::Null), refused);
}

#[test]
fn an_entry_may_have_several_primary_links_and_its_room_does_not_list_them() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let id = folder(&mut fixture, room, "Docs");
    let path = format!("files/folder/{id}/link");
    let first = fixture.ok("owner", "GET", &path, Value::Null);
    assert_eq!(fixture.ok("owner", "POST", &path, json!({"title": "other"})), first);
    set(&mut fixture, &format!("folder/{id}"), json!({"access": READ, "primary": true}));
    let links = fixture.ok("owner", "GET", &format!("{path}s"), Value::Null);
    assert!(links.as_array().expect("links").iter().all(|link| link["sharedLink"]["primary"] == true));
    assert_eq!(links.as_array().map(Vec::len), Some(2));
    assert_eq!(fixture.ok("owner", "GET", &format!("files/rooms/{room}/links"), Value::Null), json!([]));
    assert_eq!(fixture.read("owner", room)["shared"], false);
    let inner = folder(&mut fixture, id, "Inner");
    let read = |fixture: &mut Fixture, id: i64| {
        let view = fixture.ok("owner", "GET", &format!("files/folder/{id}"), Value::Null);
        (view["shared"].as_bool(), view["parentShared"].as_bool())
    };
    assert_eq!(read(&mut fixture, id), (Some(true), Some(false)));
    assert_eq!(read(&mut fixture, inner), (Some(false), Some(true)));
}

#[test]
fn a_link_of_a_file_takes_read_only_and_ignores_the_levels_of_editors() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let file = format!("file/{}", fixture.file("owner", room, "a"));
    assert_eq!(set(&mut fixture, &file, json!({"access": EDITING})), Value::Null);
    let (status, _) = failure(&mut fixture, "owner", "PUT", &format!("files/{file}/links"), json!({"access": 1}));
    assert_eq!(status, 403);
    let folder = format!("folder/{}", folder(&mut fixture, room, "Docs"));
    assert_eq!(set(&mut fixture, &folder, json!({"access": EDITING}))["access"], EDITING);
    let (status, _) = failure(&mut fixture, "owner", "PUT", &format!("files/{folder}/links"), json!({"access": 11}));
    assert_eq!(status, 403);
}

#[test]
fn only_managers_of_the_room_see_links_and_members_of_an_entry() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    for (person, access) in [("ann", ROOM_MANAGER), ("user", CONTENT_CREATOR), ("guest", READ)] {
        fixture.share(room, person, access);
    }
    let entry = format!("files/file/{}", fixture.file("owner", room, "a"));
    fixture.ok("owner", "GET", &format!("{entry}/link"), Value::Null);
    for (person, links, link, share) in
        [("ann", 1, 200, Some(4)), ("user", 0, 403, Some(0)), ("admin", 0, 403, Some(0)), ("guest", 0, 403, None)]
    {
        let list = fixture.ok(person, "GET", &format!("{entry}/links"), Value::Null);
        assert_eq!(list.as_array().map(Vec::len), Some(links), "{person}");
        assert_eq!(fixture.call(person, "GET", &format!("{entry}/link"), Value::Null).0, link, "{person}");
        let (status, body) = fixture.call(person, "GET", &format!("{entry}/share"), Value::Null);
        assert_eq!(body["response"].as_array().map(Vec::len), share, "{person}: {status}");
        assert_eq!(body["total"].as_i64(), share.map(|_| 4), "{person}");
    }
    let (status, _) = fixture.call("", "GET", &format!("{entry}/link"), Value::Null);
    assert_eq!(status, 403);
}

#[test]
fn the_key_of_a_folder_opens_what_is_below_it_and_the_key_of_a_file_opens_only_the_file() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let docs = folder(&mut fixture, room, "Docs");
    let inner = folder(&mut fixture, docs, "Inner");
    let (inside, outside) = (fixture.file("owner", inner, "a"), fixture.file("owner", room, "b"));
    let of_folder = key(&mut fixture, &format!("folder/{docs}"), json!({}));
    let of_file = key(&mut fixture, &format!("file/{inside}"), json!({}));
    for (path, with_folder, with_file) in [
        (format!("files/{docs}"), 200, 403),
        (format!("files/{inner}"), 200, 403),
        (format!("files/folder/{inner}"), 200, 401),
        (format!("files/file/{inside}"), 200, 200),
        (format!("files/file/{outside}"), 403, 403),
        (format!("files/{room}"), 403, 403),
        (format!("files/rooms/{room}"), 401, 401),
    ] {
        assert_eq!(fixture.with_key("", &path, &of_folder).0, with_folder, "{path}");
        assert_eq!(fixture.with_key("", &path, &of_file).0, with_file, "{path}");
    }
    let list = fixture.with_key("", &format!("files/{inner}"), &of_folder).1;
    let titles: Vec<_> =
        list["response"]["pathParts"].as_array().expect("a path").iter().map(|part| &part["title"]).collect();
    assert_eq!(titles, ["Docs", "Inner"]);
    let file = fixture.with_key("", &format!("files/file/{inside}"), &of_file).1;
    assert_eq!((file["response"]["rootFolderType"].as_i64(), &file["response"]["external"]), (Some(6), &json!(true)));
}

#[test]
fn a_person_who_opened_a_link_reads_the_folder_later_with_another_key() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let docs = folder(&mut fixture, room, "Docs");
    let inside = fixture.file("owner", docs, "a");
    let open = key(&mut fixture, &format!("folder/{docs}"), json!({}));
    let locked = key(&mut fixture, &format!("folder/{docs}"), json!({"password": "GoodPass12"}));
    let of_file = key(&mut fixture, &format!("file/{inside}"), json!({"password": "GoodPass12"}));
    let path = format!("files/{docs}");
    assert_eq!(fixture.with_key("user", &path, &of_file).0, 403);
    fixture.ok("user", "GET", &format!("files/share/{open}"), Value::Null);
    let (status, list) = fixture.with_key("user", &path, &of_file);
    assert_eq!((status, &list["response"]["pathParts"][0]["title"]), (200, &json!("Shared with me")));
    // Only the key of a locked link of the same folder is refused.
    assert_eq!(fixture.with_key("user", &path, &locked).0, 403);
    let rooms = fixture.ok("user", "GET", "files/rooms", Value::Null);
    assert_eq!(rooms["total"], 0);
}

#[test]
fn a_key_reports_its_entry_and_owners_need_the_password_too() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let docs = folder(&mut fixture, room, "Docs");
    let inside = fixture.file("owner", docs, "a");
    let open = key(&mut fixture, &format!("folder/{docs}"), json!({}));
    let locked = key(&mut fixture, &format!("file/{inside}"), json!({"password": "GoodPass12"}));
    let share = fixture.ok("", "GET", &format!("files/share/{open}?fileId={inside}"), Value::Null);
    assert_eq!((&share["type"], &share["isRoom"], &share["entityTitle"]), (&json!(1), &json!(false), &json!("a.txt")));
    let share = fixture.ok("owner", "GET", &format!("files/share/{locked}?fileId={inside}"), Value::Null);
    assert_eq!((&share["status"], &share["type"]), (&json!(3), &json!(2)));
    assert!(share.get("isRoom").is_none() && share.get("entityId").is_none());
}
