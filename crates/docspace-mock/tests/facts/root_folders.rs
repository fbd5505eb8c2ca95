//! The root folders of a portal: Rooms, Archive and Templates.

use serde_json::{Value, json};

use crate::CUSTOM;
use crate::fixture::Fixture;

/// `filesCount` and `foldersCount`.
fn counters(folder: &Value) -> (i64, i64) {
    let counter = |name: &str| folder[name].as_i64().expect("a number");
    (counter("filesCount"), counter("foldersCount"))
}

#[test]
fn rooms_and_templates_roots_count_nothing_whatever_they_contain() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.ok("owner", "POST", &format!("files/folder/{room}"), json!({"title": "Plans"}));
    fixture.ok("owner", "POST", "files/roomtemplate", json!({"roomId": room, "title": "Template"}));
    for person in ["owner", "admin", "ann", "user"] {
        for area in ["Active", "Templates", "Any"] {
            let list = fixture.ok(person, "GET", &format!("files/rooms?searchArea={area}"), Value::Null);
            assert_eq!(counters(&list["current"]), (0, 0), "{person} {area}");
        }
        assert_eq!(counters(&fixture.read(person, 1)), (0, 0), "{person}");
    }
}

#[test]
fn archive_root_counts_all_rooms_folders_and_files_and_its_list_adds_the_page() {
    let mut fixture = Fixture::new();
    let rooms = [fixture.room(CUSTOM), fixture.room(CUSTOM)];
    fixture.ok("owner", "POST", &format!("files/folder/{}", rooms[0]), json!({"title": "Plans"}));
    assert!(fixture.portal.fill_room(rooms[1], 5));
    for room in rooms {
        fixture.archive(room);
    }
    for person in ["owner", "user"] {
        assert_eq!(counters(&fixture.read(person, 2)), (5, 3), "{person}");
    }
    let mut listed = |person: &str, query: &str| {
        counters(&fixture.ok(person, "GET", &format!("files/rooms?searchArea=Archive{query}"), Value::Null)["current"])
    };
    assert_eq!(listed("owner", ""), (5, 5));
    assert_eq!(listed("owner", "&count=1"), (5, 4));
    assert_eq!(listed("user", ""), (5, 3));
}
