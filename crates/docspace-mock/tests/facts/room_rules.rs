//! Rules about rooms, and about folders inside rooms.

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, EXTERNAL, FILLING_FORMS, PUBLIC, READ, ROOM_MANAGER};

#[test]
fn room_of_another_person_shows_who_shared_it_but_the_own_room_does_not() {
    let mut fixture = Fixture::new();
    let own = fixture.room_of("ann", json!({"title": "Own", "roomType": CUSTOM}));
    let shared = fixture.room(CUSTOM);
    assert_eq!(fixture.share(shared, "ann", READ), 200);
    let list = fixture.ok("ann", "GET", "files/rooms", Value::Null);
    for room in list["folders"].as_array().expect("rooms") {
        let is_own = room["id"] == own;
        assert_eq!(room.get("sharedBy").is_none(), is_own, "{room}");
        assert_eq!(room.get("ownedBy").is_none(), is_own, "{room}");
    }
    let all = fixture.ok("owner", "GET", "files/rooms", Value::Null);
    for room in all["folders"].as_array().expect("rooms") {
        assert_eq!(room["sharedBy"]["displayName"], "profile removed", "the owner of the portal sees all rooms");
    }
}

#[test]
fn person_who_reads_by_an_opened_link_sees_who_shared_the_room_after_a_pin() {
    let mut fixture = Fixture::new();
    let room = fixture.room(PUBLIC);
    let link = fixture.ok("owner", "GET", &format!("files/rooms/{room}/link"), Value::Null);
    let key = link["sharedLink"]["requestToken"].as_str().expect("a key").to_owned();
    fixture.ok("user", "GET", &format!("files/share/{key}"), Value::Null);
    let pinned = fixture.ok("user", "PUT", &format!("files/rooms/{room}/pin"), Value::Null);
    assert!(pinned.get("sharedBy").is_some() && pinned.get("ownedBy").is_some(), "{pinned}");
}

#[test]
fn room_is_shared_externally_only_by_links_that_need_no_account() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let mut link = |internal: bool| {
        let link = json!({"linkType": EXTERNAL, "access": READ, "internal": internal});
        fixture.ok("owner", "PUT", &format!("files/rooms/{room}/links"), link);
        let room = fixture.read("owner", room);
        (room["shared"].clone(), room["sharedExternal"].clone())
    };
    assert_eq!(link(true), (json!(true), json!(false)));
    assert_eq!(link(false), (json!(true), json!(true)));
}

#[test]
fn lifetime_in_a_create_is_stored_even_if_it_is_turned_off() {
    let mut fixture = Fixture::new();
    let off = json!({"enabled": false, "value": 3, "period": 0, "deletePermanently": true});
    let room = fixture.room_of("owner", json!({"title": "Room", "roomType": CUSTOM, "lifetime": off}));
    assert_eq!(fixture.read("owner", room)["lifetime"]["value"], 3);
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"lifetime": off}));
    assert_eq!(fixture.read("owner", room)["lifetime"], Value::Null);
}

#[test]
fn former_owner_stays_in_the_room_as_room_manager() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    for person in ["user", "guest"] {
        let body = json!({"userId": fixture.id(person), "folderIds": [room], "fileIds": []});
        let (status, answer) = fixture.call("owner", "POST", "files/owner", body);
        assert_eq!((status, &answer["error"]["message"]), (403, &json!("You cannot select this user")), "{person}");
    }
    let body = json!({"userId": fixture.id("ann"), "folderIds": [room], "fileIds": []});
    let (_, answer) = fixture.call("owner", "POST", "files/owner", body);
    let (given, count) = (&answer["response"][0], &answer["count"]);
    assert_eq!((&given["access"], &given["sharedForUser"], count), (&json!(ROOM_MANAGER), &json!(true), &json!(1)));
    assert_eq!(given["createdBy"]["id"], fixture.id("ann"));
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"title": "Renamed"}));
    assert_eq!(fixture.call("owner", "DELETE", &format!("files/rooms/{room}"), json!({})).0, 403);
    let members = fixture.ok("ann", "GET", &format!("files/rooms/{room}/share"), Value::Null);
    let members: Vec<(i64, &str)> = members
        .as_array()
        .expect("members")
        .iter()
        .map(|entry| {
            (entry["access"].as_i64().expect("a number"), entry["sharedTo"]["email"].as_str().expect("an address"))
        })
        .collect();
    assert_eq!(members, [(1, "ann@example.com"), (ROOM_MANAGER, "owner@example.com")]);
}

#[test]
fn admin_who_is_not_a_member_cannot_copy_from_a_room_that_denies_downloads() {
    let mut fixture = Fixture::new();
    let room = fixture.room_of("ann", json!({"title": "Room", "roomType": CUSTOM, "denyDownload": true}));
    let granted = |room: &Value| ["Copy", "Duplicate", "Download"].map(|right| room["security"][right] == true);
    assert_eq!(granted(&fixture.read("admin", room)), [false, false, false]);
    assert_eq!(granted(&fixture.read("ann", room)), [true, true, true]);
    fixture.archive(room);
    let archived = fixture.read("admin", room);
    assert_eq!((granted(&archived), &archived["access"]), ([true, false, false], &json!(3)));
    assert_eq!(fixture.read("ann", room)["access"], 0);
}

#[test]
fn room_calls_on_a_folder_inside_a_room_answer_as_for_no_room() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let folder = fixture.ok("owner", "POST", &format!("files/folder/{room}"), json!({"title": "Plans"}))["id"].clone();
    let mut call = |method: &str, call: &str, body: Value| {
        fixture.call("owner", method, &format!("files/rooms/{folder}{call}"), body)
    };
    for (method, path, body, status, message) in [
        ("PUT", "", json!({"title": "x"}), 500, "Object reference not set to an instance of an object."),
        ("PUT", "/archive", json!({}), 403, "Access denied"),
        ("PUT", "/pin", Value::Null, 403, "You can't pin a room"),
    ] {
        let (got, answer) = call(method, path, body);
        assert_eq!((got, &answer["error"]["message"]), (status, &json!(message)), "{method} {path}");
    }
    assert_eq!(call("GET", "/links", Value::Null).1["response"], json!([]));
    let (status, tagged) = call("PUT", "/tags", json!({"names": ["a"]}));
    assert_eq!((status, &tagged["response"]["title"]), (200, &json!("Plans")));
    assert_eq!(tagged["response"].get("tags"), None);
}

#[test]
fn folder_in_an_archived_room_has_no_room_type() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let folder = fixture.ok("owner", "POST", &format!("files/folder/{room}"), json!({"title": "Plans"}));
    assert_eq!(folder["parentRoomType"], 19);
    fixture.archive(room);
    let folder = folder["id"].as_i64().expect("an id");
    assert_eq!(fixture.read("owner", folder).get("parentRoomType"), None);
}

#[test]
fn tag_that_no_room_has_stays_until_a_room_is_deleted() {
    let mut fixture = Fixture::new();
    let room = fixture.room_of("owner", json!({"title": "Room", "roomType": CUSTOM, "tags": ["red", "blue"]}));
    fixture.ok("owner", "DELETE", &format!("files/rooms/{room}/tags"), json!({"names": ["red"]}));
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"tags": ["green"]}));
    fixture.ok("owner", "POST", "files/tags", json!({"name": "unused"}));
    let mut tags = fixture.ok("owner", "GET", "files/tags", Value::Null);
    tags.as_array_mut().expect("tags").sort_by_key(Value::to_string);
    assert_eq!(tags, json!(["blue", "green", "red", "unused"]));
    let other = fixture.room(CUSTOM);
    fixture.ok("owner", "DELETE", &format!("files/rooms/{other}"), json!({}));
    fixture.portal.advance(std::time::Duration::from_secs(1));
    assert_eq!(fixture.ok("owner", "GET", "files/tags", Value::Null), json!(["green"]));
}

#[test]
fn list_of_all_rooms_names_the_rooms_folder_as_the_parent_of_archived_rooms() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.archive(room);
    let mut parent = |area: &str| {
        let list = fixture.ok("owner", "GET", &format!("files/rooms?searchArea={area}"), Value::Null);
        list["folders"][0].get("parentRoomType").cloned()
    };
    assert_eq!(parent("Any"), Some(json!(14)));
    assert_eq!(parent("Archive"), None);
}

#[test]
fn archive_is_restricted_for_people_who_are_not_portal_admins() {
    let mut fixture = Fixture::new();
    for (person, access) in [("owner", 0), ("admin", 0), ("ann", 3), ("user", 3)] {
        assert_eq!(fixture.read(person, 2)["access"], access, "{person}");
    }
}

#[test]
fn template_that_is_published_again_is_not_public() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.ok("owner", "POST", "files/roomtemplate", json!({"roomId": room, "title": "Template", "public": true}));
    fixture.portal.advance(std::time::Duration::from_secs(1));
    let job = fixture.ok("owner", "GET", "files/roomtemplate/status", Value::Null);
    let template = job["templateId"].as_i64().expect("an id");
    let list = fixture.ok("owner", "GET", "files/rooms?searchArea=Templates", Value::Null);
    assert_eq!(list["folders"][0]["access"], 0, "the creator of a public template");
    let publish = json!({"id": template, "public": true});
    assert_eq!(fixture.read("admin", template)["access"], READ);
    fixture.ok("owner", "PUT", "files/roomtemplate/public", publish.clone());
    assert_eq!(fixture.read("owner", template)["sharedForUser"], false);
    assert_eq!(fixture.call("admin", "GET", &format!("files/rooms/{template}"), Value::Null).0, 403);
    fixture.ok("owner", "PUT", "files/roomtemplate/public", publish);
    assert_eq!(fixture.read("admin", template)["access"], READ);
}

#[test]
fn ordinary_room_is_published_only_if_groups_can_read_it() {
    let mut fixture = Fixture::new();
    for (room_type, status) in [(CUSTOM, 200), (FILLING_FORMS, 403), (PUBLIC, 403)] {
        let room = fixture.room(room_type);
        let (got, _) = fixture.call("owner", "PUT", "files/roomtemplate/public", json!({"id": room, "public": true}));
        assert_eq!(got, status, "{room_type}");
        assert_eq!(fixture.read("owner", room)["sharedForUser"], status == 200, "{room_type}");
    }
}

#[test]
fn room_quotas_count_only_while_they_are_on() {
    let mut fixture = Fixture::new();
    let own = fixture.room_of("owner", json!({"title": "Own", "roomType": CUSTOM, "quota": 100}));
    let zero = fixture.room_of("owner", json!({"title": "Zero", "roomType": CUSTOM, "quota": 0}));
    let quota = |room: &Value| (room["quotaLimit"].as_i64(), room["isCustomQuota"].as_bool());
    assert_eq!(quota(&fixture.read("owner", own)), (None, None));
    let switch = |fixture: &mut Fixture, on: bool, default: i64| {
        let body = json!({"enableQuota": on, "defaultQuota": default});
        let answer = fixture.ok("owner", "POST", "settings/roomquotasettings", body);
        assert_eq!((&answer["enableQuota"], answer["defaultQuota"].as_i64()), (&json!(on), Some(default.max(0))));
    };
    switch(&mut fixture, true, 50);
    assert_eq!(quota(&fixture.read("owner", own)), (Some(100), Some(true)));
    assert_eq!(quota(&fixture.read("owner", zero)), (Some(50), Some(false)));
    assert_eq!(quota(&fixture.read("admin", own)), (None, None), "an admin who is not a member");
    let changed = fixture.ok("owner", "PUT", &format!("files/rooms/{zero}"), json!({"quota": 0}));
    assert_eq!(quota(&changed), (Some(0), Some(true)));
    let reset = fixture.ok("owner", "PUT", "files/rooms/resetquota", json!({"roomIds": [zero]}));
    assert_eq!(quota(&reset[0]), (Some(50), Some(false)));
    fixture.archive(own);
    assert_eq!(quota(&fixture.read("owner", own)), (None, None), "an archived room");
    let (status, _) = fixture.call("ann", "POST", "settings/roomquotasettings", json!({"defaultQuota": 1}));
    assert_eq!(status, 403);
    switch(&mut fixture, false, -1);
    assert_eq!(quota(&fixture.read("owner", zero)), (None, None));
}
