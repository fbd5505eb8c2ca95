//! Rules about links and members of rooms.

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, EDITING, EDITING_ROOM, EXTERNAL, FILLING_FORMS, INVITATION, READ, ROOM_MANAGER};

#[test]
fn archived_room_returns_its_primary_link_but_gets_no_new_one() {
    let mut fixture = Fixture::new();
    let (with, without) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    let link = fixture.ok("owner", "GET", &format!("files/rooms/{with}/link"), Value::Null);
    for room in [with, without] {
        fixture.archive(room);
    }
    let kept = fixture.ok("owner", "GET", &format!("files/rooms/{with}/link"), Value::Null);
    assert_eq!(kept["sharedLink"]["id"], link["sharedLink"]["id"]);
    let (status, answer) = fixture.call("owner", "GET", &format!("files/rooms/{without}/link"), Value::Null);
    assert_eq!((status, &answer["error"]["message"]), (403, &json!("Access denied")));
}

#[test]
fn primary_link_needs_the_right_before_a_room_type_that_has_links() {
    let mut fixture = Fixture::new();
    let room = fixture.room(EDITING_ROOM);
    let mut message = |person: &str| {
        let (status, answer) = fixture.call(person, "GET", &format!("files/rooms/{room}/link"), Value::Null);
        assert_eq!(status, 403);
        answer["error"]["message"].as_str().expect("a message").to_owned()
    };
    assert_eq!(message("admin"), "Access denied");
    assert_eq!(message("owner"), "The role is not available for this user type");
}

#[test]
fn type_in_the_request_decides_which_options_of_a_link_are_read() {
    let mut fixture = Fixture::new();
    let path = format!("files/rooms/{}/links", fixture.room(CUSTOM));
    let options =
        json!({"linkType": EXTERNAL, "access": READ, "denyDownload": true, "internal": true, "title": "Press"});
    let made = fixture.ok("owner", "PUT", &path, options)["sharedLink"].clone();
    let update = json!({
        "linkId": made["id"], "linkType": INVITATION, "access": EDITING, "denyDownload": true, "internal": true,
        "password": "x",
    });
    let changed = fixture.ok("owner", "PUT", &path, update);
    let link = &changed["sharedLink"];
    assert_eq!((&changed["access"], &link["linkType"]), (&json!(EDITING), &json!(EXTERNAL)));
    assert_eq!((&link["title"], link.get("password")), (&json!("Invitation link"), None));
    assert_eq!((&link["denyDownload"], &link["internal"]), (&json!(false), &json!(false)));
}

#[test]
fn undefined_type_of_a_link_is_refused_before_the_room_is_looked_up() {
    let mut fixture = Fixture::new();
    for person in ["owner", "guest"] {
        let (status, answer) =
            fixture.call(person, "PUT", "files/rooms/777/links", json!({"linkType": 2, "access": 2}));
        let message = "Operation is not valid due to the current state of the object.";
        assert_eq!((status, &answer["error"]["message"]), (403, &json!(message)));
    }
}

#[test]
fn key_of_an_internal_link_of_an_archived_room_needs_an_account() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let link = json!({"linkType": EXTERNAL, "access": READ, "internal": true});
    let link = fixture.ok("owner", "PUT", &format!("files/rooms/{room}/links"), link);
    let key = link["sharedLink"]["requestToken"].as_str().expect("a key").to_owned();
    fixture.archive(room);
    for (person, status) in [("", 5), ("user", 1)] {
        let answer = fixture.ok(person, "GET", &format!("files/share/{key}"), Value::Null);
        assert_eq!(answer["status"], status, "{person}");
    }
}

#[test]
fn content_of_a_room_can_be_listed_with_the_key_of_a_link_but_not_without() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let link = fixture.ok("owner", "GET", &format!("files/rooms/{room}/link"), Value::Null);
    let key = link["sharedLink"]["requestToken"].as_str().expect("a key").to_owned();
    assert_eq!(fixture.call("", "GET", &format!("files/{room}"), Value::Null).0, 403);
    let list = fixture.ok("", "GET", &format!("files/{room}?share={key}"), Value::Null);
    assert_eq!(list["current"]["id"], room);
    assert_eq!(fixture.call("", "GET", "files/@my", Value::Null).0, 401);
}

#[test]
fn expiry_in_a_filling_forms_room_cannot_be_edited_even_for_members() {
    let mut fixture = Fixture::new();
    for (room_type, access, editable) in [(FILLING_FORMS, 7, false), (CUSTOM, READ, true)] {
        let room = fixture.room(room_type);
        let invitation = json!({"invitations": [{"id": fixture.id("user"), "access": access}]});
        let answer = fixture.ok("owner", "PUT", &format!("files/rooms/{room}/share"), invitation);
        assert_eq!(answer["members"][0]["canEditExpirationDate"], editable, "{room_type}");
    }
}

#[test]
fn disabled_person_is_not_invited_but_can_be_removed() {
    let mut fixture = Fixture::new();
    let (room, ids) = (fixture.room(CUSTOM), json!({"userIds": [fixture.id("user"), fixture.id("guest")]}));
    assert_eq!(fixture.share(room, "guest", READ), 200);
    fixture.ok("owner", "PUT", "people/status/Terminated", ids);
    let path = format!("files/rooms/{room}/share");
    let invitation = json!({"invitations": [{"id": fixture.id("user"), "access": READ}]});
    assert_eq!(fixture.ok("owner", "PUT", &path, invitation)["members"], json!([]));
    assert_eq!(fixture.share(room, "guest", 0), 200);
    assert_eq!(fixture.read("owner", room)["sharedForUser"], false);
}

#[test]
fn entry_with_only_an_address_removes_nobody_and_makes_nobody_a_manager() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    assert_eq!(fixture.share(room, "user", READ), 200);
    let path = format!("files/rooms/{room}/share");
    let invite = |entry: Value| json!({"invitations": [entry]});
    fixture.ok("owner", "PUT", &path, invite(json!({"email": "user@example.com", "access": 0})));
    assert_eq!(fixture.read("user", room)["access"], READ);
    let manager = invite(json!({"email": "ann@example.com", "access": ROOM_MANAGER}));
    assert_eq!(fixture.call("owner", "PUT", &path, manager).0, 403);
    let blanks = fixture.ok("owner", "PUT", &path, invite(json!({"email": " user@example.com ", "access": EDITING})));
    assert_eq!(blanks["warning"], "Duplicate Email");
    assert_eq!(fixture.read("user", room)["access"], READ);
}

#[test]
fn fields_can_be_repeated_and_their_names_are_not_trimmed() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    for (query, expected) in [
        ("fields=id,title", json!({"id": room, "title": "Room"})),
        ("fields=id&fields=title", json!({"id": room, "title": "Room"})),
        ("fields[]=id&fields[]=title&fields=access", json!({"id": room, "title": "Room"})),
        ("fields=id,%20title", json!({"id": room})),
        ("fields=id,title&fields=access", json!({"access": 0})),
    ] {
        let got = fixture.ok("owner", "GET", &format!("files/rooms/{room}?{query}"), Value::Null);
        assert_eq!(got, expected, "{query}");
    }
}
