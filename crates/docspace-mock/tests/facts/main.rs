//! Facts of the book in `docs/portal` that no recording of the repository shows.

mod content_rules;
mod entry_links;
mod file_rules;
mod fixture;
mod guests;
mod history;
mod link_rules;
mod moments;
mod news;
mod operation_rules;
mod people_groups;
mod people_rules;
mod room_rules;
mod root_folders;
mod sessions;
mod settings;
mod trail;
mod webhooks;
mod zones;

use std::time::Duration;

use serde_json::{Value, json};

use fixture::Fixture;

// Types of rooms.
const FILLING_FORMS: i64 = 1;
const EDITING_ROOM: i64 = 2;
const CUSTOM: i64 = 5;
const PUBLIC: i64 = 6;
const VIRTUAL_DATA: i64 = 8;
const AI: i64 = 9;

// Access levels.
const NONE: i64 = 0;
const READ: i64 = 2;
const REVIEW: i64 = 5;
const COMMENT: i64 = 6;
const FILL_FORMS: i64 = 7;
const ROOM_MANAGER: i64 = 9;
const EDITING: i64 = 10;
const CONTENT_CREATOR: i64 = 11;
const UNDEFINED_ACCESS: i64 = 12;

// Types of links.
const INVITATION: i64 = 0;
const EXTERNAL: i64 = 1;

/// The status of an expired key of a link.
const KEY_EXPIRED: i64 = 2;

#[test]
fn ids_that_are_not_rooms_fail_as_on_a_portal() {
    let mut fixture = Fixture::new();
    for (id, status, message) in [
        ("0", 404, "The required folder was not found"),
        ("-1", 404, "The required folder was not found"),
        ("2147483647", 404, "The required folder was not found"),
        ("2147483648", 404, "Selector '' not found"),
        ("abc", 404, "Selector '' not found"),
        ("1.5", 404, "Selector '' not found"),
        ("1e3", 404, "Selector '' not found"),
        ("0x10", 404, "Selector '' not found"),
        ("drive-9-x", 404, "Selector 'drive' not found"),
        ("%20", 400, "Value cannot be null. (Parameter 'id')"),
        ("sbox-1-x", 500, "One or more errors occurred."),
    ] {
        let (got, body) = fixture.call("owner", "GET", &format!("files/rooms/{id}"), Value::Null);
        assert_eq!((got, body["error"]["message"].as_str()), (status, Some(message)), "{id}");
    }
    for id in ["01", "+1"] {
        assert_eq!(
            fixture.call("owner", "GET", &format!("files/rooms/{id}"), Value::Null).1["response"]["title"],
            "Rooms"
        );
    }
}

#[test]
fn accepted_access_depends_on_room_type_and_person() {
    let allowed: [(i64, &[i64]); 6] = [
        (FILLING_FORMS, &[FILL_FORMS, CONTENT_CREATOR]),
        (EDITING_ROOM, &[READ, EDITING, CONTENT_CREATOR]),
        (CUSTOM, &[READ, REVIEW, COMMENT, EDITING, CONTENT_CREATOR]),
        (PUBLIC, &[CONTENT_CREATOR]),
        (VIRTUAL_DATA, &[READ, FILL_FORMS, EDITING, CONTENT_CREATOR]),
        (AI, &[READ, CONTENT_CREATOR]),
    ];
    let mut fixture = Fixture::new();
    for (room_type, roles) in allowed {
        let room = fixture.room(room_type);
        for person in ["user", "guest", "ann"] {
            for access in NONE..=UNDEFINED_ACCESS {
                let accepted = access == NONE || roles.contains(&access) || (access == ROOM_MANAGER && person == "ann");
                let status = fixture.share(room, person, access);
                assert_eq!(status, if accepted { 200 } else { 403 }, "type {room_type}, {person}, access {access}");
            }
        }
    }
}

#[test]
fn eleventh_pin_fails() {
    let mut fixture = Fixture::new();
    let rooms: Vec<i64> = (0..11).map(|_| fixture.room(CUSTOM)).collect();
    for (index, room) in rooms.iter().enumerate() {
        let (status, _) = fixture.call("owner", "PUT", &format!("files/rooms/{room}/pin"), Value::Null);
        assert_eq!(status, if index < 10 { 200 } else { 403 });
    }
    assert_eq!(
        fixture.call("owner", "PUT", &format!("files/rooms/{}/pin", rooms[0]), Value::Null).0,
        200,
        "pinning a pinned room succeeds"
    );
}

#[test]
fn links_have_ids_that_the_client_chose() {
    let mut fixture = Fixture::new();
    let (one, two) = (fixture.room(CUSTOM), fixture.room(CUSTOM));
    let id = "11111111-2222-3333-4444-555555555555";
    let body = json!({"linkId": id, "access": READ, "linkType": EXTERNAL});
    for room in [one, one, two] {
        let (status, answer) = fixture.call("owner", "PUT", &format!("files/rooms/{room}/links"), body.clone());
        assert_eq!((status, answer["response"]["sharedLink"]["id"].as_str()), (200, Some(id)));
    }
    assert_eq!(fixture.call("owner", "GET", &format!("files/rooms/{one}/links"), Value::Null).1["count"], 1);
    for wrong in [json!(""), json!(null), json!("abc"), json!(5)] {
        let body = json!({"linkId": wrong, "access": READ, "linkType": EXTERNAL});
        let (status, answer) = fixture.call("owner", "PUT", &format!("files/rooms/{one}/links"), body);
        assert!(status == 400 && answer["response"]["errors"]["$.linkId"].is_array(), "{wrong}");
    }
}

#[test]
fn expiry_dates_of_links_are_checked() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let mut set = |link_type: i64, date: Value| {
        let id = "11111111-2222-3333-4444-555555555555";
        let id = if link_type == INVITATION { id.replace('5', "6") } else { id.to_owned() };
        let body = json!({"linkId": id, "access": READ, "linkType": link_type, "expirationDate": date});
        let (status, answer) = fixture.call("owner", "PUT", &format!("files/rooms/{room}/links"), body);
        (status, answer["response"]["sharedLink"]["expirationDate"].as_str().map(str::to_owned))
    };
    let stored = |text: &str| (200, Some(text.to_owned()));
    assert_eq!(set(EXTERNAL, json!("2031-05-06T07:08:09+03:00")), stored("2031-05-06T04:08:09.0000000Z"));
    assert_eq!(set(EXTERNAL, json!("05/06/2031")), stored("2031-05-06T00:00:00.0000000Z"));
    for nothing in [json!("tomorrow"), json!(""), json!(null), json!("2001-01-01T00:00:00Z")] {
        assert_eq!(set(EXTERNAL, nothing.clone()), (200, None), "{nothing}");
    }
    assert_eq!(set(INVITATION, json!("2001-01-01T00:00:00Z")).0, 400, "an invitation link needs a future date");
    assert_eq!(set(EXTERNAL, json!("2099-01-01T00:00:00Z")).0, 400, "more than ten years ahead");
    assert_eq!(set(EXTERNAL, json!({"utcTime": "2031-01-01"})).0, 400);
}

#[test]
fn past_expiry_sent_again_removes_the_expiry_of_a_link() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let body = json!({
        "linkId": "11111111-2222-3333-4444-555555555555",
        "access": READ,
        "linkType": EXTERNAL,
        "expirationDate": "2026-11-22T00:00:00Z",
    });
    let path = format!("files/rooms/{room}/links");
    let (_, made) = fixture.call("owner", "PUT", &path, body.clone());
    let key = made["response"]["sharedLink"]["requestToken"].as_str().expect("a key").to_owned();
    fixture.portal.advance(Duration::from_secs(86_400 * 2));
    let (_, listed) = fixture.call("owner", "GET", &path, Value::Null);
    assert_eq!(listed["response"][0]["sharedLink"]["isExpired"], true);
    assert_eq!(
        fixture.call("", "GET", &format!("files/share/{key}"), Value::Null).1["response"]["status"],
        KEY_EXPIRED
    );
    let (_, revived) = fixture.call("owner", "PUT", &path, body);
    assert_eq!(revived["response"]["sharedLink"]["isExpired"], false);
    assert!(revived["response"]["sharedLink"]["expirationDate"].is_null());
}

#[test]
fn limited_keys_open_only_calls_in_their_scopes() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let mut key = |permissions: Value| {
        let (_, body) = fixture.call("owner", "POST", "keys", json!({"name": "k", "permissions": permissions}));
        body["response"]["key"].as_str().expect("a key").to_owned()
    };
    let (rooms, files, accounts, own) = (
        key(json!(["rooms:write"])),
        key(json!(["files:read"])),
        key(json!(["accounts:read"])),
        key(json!(["accounts.self:read"])),
    );
    let one = format!("files/rooms/{room}");
    assert_eq!(fixture.bearer(&rooms, "GET", &one).0, 200);
    assert_eq!(fixture.bearer(&rooms, "PUT", &one).0, 200);
    for path in ["files/tags", "files/roomtemplate/status", "people/@self", "keys", "files/group"] {
        assert_eq!(fixture.bearer(&rooms, "GET", path), (403, 0), "{path}");
    }
    for path in ["capabilities", "files/fileops", "settings"] {
        let (status, length) = fixture.bearer(&rooms, "GET", path);
        assert!(status == 403 && length > 0, "{path}: anonymous callers may use the call, so the refusal has a body");
    }
    assert_eq!(fixture.bearer(&rooms, "GET", "keys/@self").0, 200);
    assert_eq!(fixture.bearer(&files, "GET", "files/fileops").0, 200);
    assert_eq!(fixture.bearer(&files, "GET", "files/rooms").0, 403);
    assert_eq!(fixture.bearer(&accounts, "GET", "people").0, 200);
    assert_eq!(fixture.bearer(&accounts, "GET", "people/@self").0, 403);
    assert_eq!(fixture.bearer(&own, "GET", "people/@self").0, 200);
}

#[test]
fn five_wrong_logins_block_for_a_minute() {
    let mut fixture = Fixture::new();
    let log_in = |fixture: &mut Fixture, password: &str| {
        fixture.call("", "POST", "authentication", json!({"userName": "user@example.com", "password": password})).0
    };
    for _ in 0..5 {
        assert_eq!(log_in(&mut fixture, "wrong"), 401);
    }
    assert_eq!(log_in(&mut fixture, "Passw0rd11"), 403);
    fixture.portal.advance(Duration::from_secs(61));
    assert_eq!(log_in(&mut fixture, "Passw0rd11"), 200);
}

#[test]
fn shared_and_public_templates_are_usable_only_by_room_admins() {
    let mut fixture = Fixture::new();
    let source = fixture.room(CUSTOM);
    let body = json!({"roomId": source, "title": "T", "share": ["ann@example.com", "user@example.com", "nonsense", "new@example.com"]});
    fixture.call("owner", "POST", "files/roomtemplate", body);
    fixture.portal.advance(Duration::from_secs(2));
    let (_, status) = fixture.call("user", "GET", "files/roomtemplate/status", Value::Null);
    assert_eq!(status["response"]["isCompleted"], true);
    let template = status["response"]["templateId"].as_i64().expect("an id");
    let (_, shares) = fixture.call("owner", "GET", &format!("files/rooms/{template}/share"), Value::Null);
    assert_eq!(shares["total"], 4, "the owner, two people, and a person who was invited");
    for (person, sees) in [("ann", 1), ("user", 0), ("admin", 0)] {
        let (_, listed) = fixture.call(person, "GET", "files/rooms?searchArea=Templates", Value::Null);
        assert_eq!(listed["response"]["total"], sees, "{person}");
    }
    fixture.call("owner", "PUT", "files/roomtemplate/public", json!({"id": template, "public": true}));
    assert_eq!(
        fixture.call("admin", "GET", &format!("files/rooms/{template}"), Value::Null).1["response"]["inRoom"],
        false
    );
    assert_eq!(fixture.call("user", "GET", &format!("files/rooms/{template}"), Value::Null).0, 403);
    for (person, error) in [("user", true), ("ann", false)] {
        fixture.call(person, "POST", "files/rooms/fromtemplate", json!({"templateId": template, "title": person}));
        fixture.portal.advance(Duration::from_secs(2));
        let (_, status) = fixture.call(person, "GET", "files/rooms/fromtemplate/status", Value::Null);
        assert_eq!(!status["response"]["error"].as_str().unwrap_or_default().is_empty(), error, "{person}");
    }
}

#[test]
fn members_can_leave_but_not_raise_their_own_access() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.share(room, "user", READ);
    let path = format!("files/rooms/{room}/share");
    let own = |fixture: &Fixture, access: i64| json!({"invitations": [{"id": fixture.id("user"), "access": access}]});
    let raise = own(&fixture, EDITING);
    assert_eq!(fixture.call("user", "PUT", &path, raise).0, 403);
    let leave = own(&fixture, NONE);
    assert_eq!(fixture.call("user", "PUT", &path, leave).0, 200);
    assert_eq!(fixture.call("user", "GET", &format!("files/rooms/{room}"), Value::Null).0, 403);
}

#[test]
fn second_template_job_is_ignored_while_the_first_runs() {
    let mut fixture = Fixture::new();
    let source = fixture.room(CUSTOM);
    fixture.call("owner", "POST", "files/roomtemplate", json!({"roomId": source, "title": "First"}));
    let (status, _) = fixture.call("owner", "POST", "files/roomtemplate", json!({"roomId": source, "title": "Second"}));
    assert_eq!(status, 200);
    fixture.portal.advance(Duration::from_secs(2));
    let (_, listed) = fixture.call("owner", "GET", "files/rooms?searchArea=Templates", Value::Null);
    assert_eq!(
        (&listed["response"]["total"], &listed["response"]["folders"][0]["title"]),
        (&json!(1), &json!("First"))
    );
}

#[test]
fn folder_in_a_room_is_deleted_like_a_room() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.share(room, "ann", CONTENT_CREATOR);
    fixture.share(room, "user", READ);
    let mut make = |person: &str, parent: i64| {
        let (_, made) = fixture.call(person, "POST", &format!("files/folder/{parent}"), json!({"title": "F"}));
        made["response"]["id"].as_i64().expect("an id")
    };
    let (others, own) = (make("owner", room), make("ann", room));
    make("ann", own);
    for (person, folder, status) in
        [("user", own, 403), ("ann", others, 403), ("ann", own, 200), ("owner", others, 200)]
    {
        assert_eq!(fixture.call(person, "DELETE", &format!("files/rooms/{folder}"), json!({})).0, status, "{person}");
    }
    fixture.portal.advance(Duration::from_secs(2));
    let (_, left) = fixture.call("owner", "GET", &format!("files/{room}"), Value::Null);
    assert_eq!(left["response"]["folders"], json!([]));
    assert_eq!(fixture.call("owner", "DELETE", &format!("files/rooms/{own}"), json!({})).0, 404);
}

#[test]
fn large_room_is_deleted_file_by_file() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    assert!(fixture.portal.fill_room(room, 12_000));
    assert!(!fixture.portal.fill_room(room + 1, 1), "the room does not exist");
    let path = format!("files/rooms/{room}");
    assert_eq!(fixture.call("owner", "GET", &path, Value::Null).1["response"]["filesCount"], 12_000);
    assert_eq!(fixture.call("owner", "DELETE", &path, json!({})).0, 200);
    fixture.portal.advance(Duration::from_secs(72));
    let left = fixture.call("owner", "GET", &path, Value::Null).1["response"]["filesCount"].as_u64().expect("a number");
    assert!((5_900..6_100).contains(&left), "{left} files are left after half of the time");
    fixture.portal.advance(Duration::from_secs(73));
    assert_eq!(fixture.call("owner", "GET", &path, Value::Null).0, 404);
}

#[test]
fn folders_and_files_can_be_deleted_by_managers_and_their_creators() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    assert_eq!(fixture.share(room, "user", CONTENT_CREATOR), 200);
    let folder = |fixture: &mut Fixture, person: &str| {
        let body = json!({"title": "Docs"});
        fixture.call(person, "POST", &format!("files/folder/{room}"), body).1["response"]["id"].to_string()
    };
    let (mine, theirs) = (folder(&mut fixture, "owner"), folder(&mut fixture, "user"));
    assert!(fixture.portal.fill_room(room, 1));
    let path = format!("files/{room}");
    let file = fixture.call("owner", "GET", &path, Value::Null).1["response"]["files"][0]["id"].to_string();
    let now = json!({"immediately": true});
    assert_eq!(fixture.call("user", "DELETE", &format!("files/folder/{mine}"), now.clone()).0, 403);
    assert_eq!(fixture.call("user", "DELETE", &format!("files/file/{file}"), now.clone()).0, 403);
    assert_eq!(fixture.call("user", "DELETE", &format!("files/folder/{theirs}"), now.clone()).0, 200);
    let to_trash = json!({"immediately": false});
    assert_eq!(fixture.call("owner", "DELETE", &format!("files/folder/{room}"), to_trash).0, 403, "a room");
    assert_eq!(fixture.call("owner", "DELETE", "files/file/987654321", now.clone()).0, 404);
    let (_, all) = fixture.call("owner", "DELETE", &format!("files/folder/{mine}"), now.clone());
    assert_eq!(all["response"].as_array().map(Vec::len), Some(1));
    let (_, all) = fixture.call("owner", "DELETE", &format!("files/file/{file}"), now);
    assert_eq!(all["response"].as_array().map(Vec::len), Some(2), "all deletes of the caller are listed");
    fixture.portal.advance(Duration::from_secs(1));
    let left = fixture.call("owner", "GET", &path, Value::Null).1;
    assert_eq!(left["response"]["count"], 0);
}

#[test]
fn members_in_the_answer_of_an_invitation_are_sorted_by_id() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let mut ids = ["ann", "admin", "user", "guest"].map(|person| fixture.id(person));
    ids.sort_unstable_by(|one, other| other.cmp(one));
    let invitations: Vec<Value> = ids.iter().map(|id| json!({"id": id, "access": READ})).collect();
    let path = format!("files/rooms/{room}/share");
    let answer = fixture.ok("owner", "PUT", &path, json!({"invitations": invitations}));
    let listed = answer["members"].as_array().expect("members").iter();
    let listed: Vec<&str> = listed.map(|member| member["sharedTo"]["id"].as_str().expect("an id")).collect();
    ids.reverse();
    assert_eq!(listed, ids);
}
