//! What portal-facts say and no recording at hand shows, call by call.

use std::time::Duration;

use docspace_mock::{NewPerson, Portal, Request, Role};
use serde_json::{Value, json};

struct Stage {
    portal: Portal,
}

impl Stage {
    fn new() -> Self {
        let mut portal = Portal::new();
        let people =
            [("admin", Role::DocSpaceAdmin), ("ann", Role::RoomAdmin), ("user", Role::User), ("guest", Role::Guest)];
        for (name, role) in people {
            portal.add_person(NewPerson::new(name, role));
        }
        Self { portal }
    }

    /// Status and body of a call by somebody, by nobody for "".
    fn call(&mut self, who: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
        let mut request = Request::new(method, &format!("/api/2.0/{path}"));
        if let Some(key) = self.portal.key(who) {
            request = request.header("Authorization", &format!("Bearer {key}"));
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = self.portal.handle(&request);
        (answer.status, answer.json().unwrap_or_default())
    }

    fn room(&mut self, room_type: i64) -> i64 {
        let (status, body) = self.call("owner", "POST", "files/rooms", json!({"title": "Room", "roomType": room_type}));
        assert_eq!(status, 200);
        body["response"]["id"].as_i64().expect("an id")
    }

    fn id(&self, who: &str) -> String {
        self.portal.person_id(who).expect("somebody").to_string()
    }

    fn share(&mut self, room: i64, who: &str, access: i64) -> u16 {
        let body = json!({"invitations": [{"id": self.id(who), "access": access}]});
        self.call("owner", "PUT", &format!("files/rooms/{room}/share"), body).0
    }

    fn bearer(&mut self, key: &str, method: &str, path: &str) -> (u16, usize) {
        let request =
            Request::new(method, &format!("/api/2.0/{path}")).header("Authorization", &format!("Bearer {key}"));
        let answer = self.portal.handle(&request.json(&json!({})));
        (answer.status, answer.body.len())
    }
}

#[test]
fn ids_that_are_no_rooms() {
    let mut stage = Stage::new();
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
        let (got, body) = stage.call("owner", "GET", &format!("files/rooms/{id}"), Value::Null);
        assert_eq!((got, body["error"]["message"].as_str()), (status, Some(message)), "{id}");
    }
    for id in ["01", "+1"] {
        assert_eq!(
            stage.call("owner", "GET", &format!("files/rooms/{id}"), Value::Null).1["response"]["title"],
            "Rooms"
        );
    }
}

#[test]
fn roles_by_room_type_and_person() {
    let allowed: [(i64, &[i64]); 6] =
        [(1, &[7, 11]), (2, &[2, 10, 11]), (5, &[2, 5, 6, 10, 11]), (6, &[11]), (8, &[2, 7, 10, 11]), (9, &[2, 11])];
    let mut stage = Stage::new();
    for (room_type, roles) in allowed {
        let room = stage.room(room_type);
        for who in ["user", "guest", "ann"] {
            for access in 0..13 {
                let fits = access == 0 || roles.contains(&access) || (access == 9 && who == "ann");
                let status = stage.share(room, who, access);
                assert_eq!(status, if fits { 200 } else { 403 }, "type {room_type}, {who}, access {access}");
            }
        }
    }
}

#[test]
fn the_eleventh_pin_fails() {
    let mut stage = Stage::new();
    let rooms: Vec<i64> = (0..11).map(|_| stage.room(5)).collect();
    for (index, room) in rooms.iter().enumerate() {
        let (status, _) = stage.call("owner", "PUT", &format!("files/rooms/{room}/pin"), Value::Null);
        assert_eq!(status, if index < 10 { 200 } else { 403 });
    }
    assert_eq!(
        stage.call("owner", "PUT", &format!("files/rooms/{}/pin", rooms[0]), Value::Null).0,
        200,
        "repeating is fine"
    );
}

#[test]
fn links_under_ids_of_the_clients_choice() {
    let mut stage = Stage::new();
    let (one, two) = (stage.room(5), stage.room(5));
    let id = "11111111-2222-3333-4444-555555555555";
    let body = json!({"linkId": id, "access": 2, "linkType": 1});
    for room in [one, one, two] {
        let (status, answer) = stage.call("owner", "PUT", &format!("files/rooms/{room}/links"), body.clone());
        assert_eq!((status, answer["response"]["sharedLink"]["id"].as_str()), (200, Some(id)));
    }
    assert_eq!(stage.call("owner", "GET", &format!("files/rooms/{one}/links"), Value::Null).1["count"], 1);
    for wrong in [json!(""), json!(null), json!("abc"), json!(5)] {
        let body = json!({"linkId": wrong, "access": 2, "linkType": 1});
        let (status, answer) = stage.call("owner", "PUT", &format!("files/rooms/{one}/links"), body);
        assert!(status == 400 && answer["response"]["errors"]["$.linkId"].is_array(), "{wrong}");
    }
}

#[test]
fn expiry_dates_of_links() {
    let mut stage = Stage::new();
    let room = stage.room(5);
    let mut set = |link_type: i64, date: Value| {
        let id = "11111111-2222-3333-4444-555555555555";
        let id = if link_type == 0 { id.replace('5', "6") } else { id.to_owned() };
        let body = json!({"linkId": id, "access": 2, "linkType": link_type, "expirationDate": date});
        let (status, answer) = stage.call("owner", "PUT", &format!("files/rooms/{room}/links"), body);
        (status, answer["response"]["sharedLink"]["expirationDate"].as_str().map(str::to_owned))
    };
    let told = |text: &str| (200, Some(text.to_owned()));
    assert_eq!(set(1, json!("2031-05-06T07:08:09+03:00")), told("2031-05-06T04:08:09.0000000Z"));
    assert_eq!(set(1, json!("05/06/2031")), told("2031-05-06T00:00:00.0000000Z"));
    for nothing in [json!("tomorrow"), json!(""), json!(null), json!("2001-01-01T00:00:00Z")] {
        assert_eq!(set(1, nothing.clone()), (200, None), "{nothing}");
    }
    assert_eq!(set(0, json!("2001-01-01T00:00:00Z")).0, 400, "an invitation's must lie ahead");
    assert_eq!(set(1, json!("2099-01-01T00:00:00Z")).0, 400, "more than ten years");
    assert_eq!(set(1, json!({"utcTime": "2031-01-01"})).0, 400);
}

#[test]
fn a_restored_expiry_makes_an_expired_link_eternal() {
    let mut stage = Stage::new();
    let room = stage.room(5);
    let body = json!({"linkId": "11111111-2222-3333-4444-555555555555", "access": 2, "linkType": 1, "expirationDate": "2026-11-22T00:00:00Z"});
    let path = format!("files/rooms/{room}/links");
    let (_, made) = stage.call("owner", "PUT", &path, body.clone());
    let key = made["response"]["sharedLink"]["requestToken"].as_str().expect("a key").to_owned();
    stage.portal.advance(Duration::from_secs(86_400 * 2));
    let (_, listed) = stage.call("owner", "GET", &path, Value::Null);
    assert_eq!(listed["response"][0]["sharedLink"]["isExpired"], true);
    assert_eq!(stage.call("", "GET", &format!("files/share/{key}"), Value::Null).1["response"]["status"], 2);
    let (_, revived) = stage.call("owner", "PUT", &path, body);
    assert_eq!(revived["response"]["sharedLink"]["isExpired"], false);
    assert!(revived["response"]["sharedLink"]["expirationDate"].is_null());
}

#[test]
fn scopes_of_limited_keys() {
    let mut stage = Stage::new();
    let room = stage.room(5);
    let mut key = |permissions: Value| {
        let (_, body) = stage.call("owner", "POST", "keys", json!({"name": "k", "permissions": permissions}));
        body["response"]["key"].as_str().expect("a key").to_owned()
    };
    let (rooms, files, accounts, own) = (
        key(json!(["rooms:write"])),
        key(json!(["files:read"])),
        key(json!(["accounts:read"])),
        key(json!(["accounts.self:read"])),
    );
    let one = format!("files/rooms/{room}");
    assert_eq!(stage.bearer(&rooms, "GET", &one).0, 200);
    assert_eq!(stage.bearer(&rooms, "PUT", &one).0, 200);
    for path in ["files/tags", "files/roomtemplate/status", "people/@self", "keys", "files/group"] {
        assert_eq!(stage.bearer(&rooms, "GET", path), (403, 0), "{path}");
    }
    for path in ["capabilities", "files/fileops", "settings"] {
        let (status, length) = stage.bearer(&rooms, "GET", path);
        assert!(status == 403 && length > 0, "{path}: open to anybody, so the refusal has a body");
    }
    assert_eq!(stage.bearer(&rooms, "GET", "keys/@self").0, 200);
    assert_eq!(stage.bearer(&files, "GET", "files/fileops").0, 200);
    assert_eq!(stage.bearer(&files, "GET", "files/rooms").0, 403);
    assert_eq!(stage.bearer(&accounts, "GET", "people").0, 200);
    assert_eq!(stage.bearer(&accounts, "GET", "people/@self").0, 403);
    assert_eq!(stage.bearer(&own, "GET", "people/@self").0, 200);
}

#[test]
fn five_wrong_logins_block_for_a_minute() {
    let mut stage = Stage::new();
    let log_in = |stage: &mut Stage, password: &str| {
        stage.call("", "POST", "authentication", json!({"userName": "user@example.com", "password": password})).0
    };
    for _ in 0..5 {
        assert_eq!(log_in(&mut stage, "wrong"), 401);
    }
    assert_eq!(log_in(&mut stage, "Passw0rd11"), 403);
    stage.portal.advance(Duration::from_secs(61));
    assert_eq!(log_in(&mut stage, "Passw0rd11"), 200);
}

#[test]
fn a_template_that_is_shared_and_a_public_one() {
    let mut stage = Stage::new();
    let source = stage.room(5);
    let body = json!({"roomId": source, "title": "T", "share": ["ann@example.com", "user@example.com", "nonsense", "new@example.com"]});
    stage.call("owner", "POST", "files/roomtemplate", body);
    stage.portal.advance(Duration::from_secs(2));
    let (_, status) = stage.call("user", "GET", "files/roomtemplate/status", Value::Null);
    assert_eq!(status["response"]["isCompleted"], true);
    let template = status["response"]["templateId"].as_i64().expect("an id");
    let (_, shares) = stage.call("owner", "GET", &format!("files/rooms/{template}/share"), Value::Null);
    assert_eq!(shares["total"], 4, "the owner, two people, and somebody who was invited");
    for (who, sees) in [("ann", 1), ("user", 0), ("admin", 0)] {
        let (_, listed) = stage.call(who, "GET", "files/rooms?searchArea=Templates", Value::Null);
        assert_eq!(listed["response"]["total"], sees, "{who}");
    }
    stage.call("owner", "PUT", "files/roomtemplate/public", json!({"id": template, "public": true}));
    assert_eq!(
        stage.call("admin", "GET", &format!("files/rooms/{template}"), Value::Null).1["response"]["inRoom"],
        false
    );
    assert_eq!(stage.call("user", "GET", &format!("files/rooms/{template}"), Value::Null).0, 403);
    for (who, error) in [("user", true), ("ann", false)] {
        stage.call(who, "POST", "files/rooms/fromtemplate", json!({"templateId": template, "title": who}));
        stage.portal.advance(Duration::from_secs(2));
        let (_, status) = stage.call(who, "GET", "files/rooms/fromtemplate/status", Value::Null);
        assert_eq!(!status["response"]["error"].as_str().unwrap_or_default().is_empty(), error, "{who}");
    }
}

#[test]
fn members_leave_but_do_not_raise_themselves() {
    let mut stage = Stage::new();
    let room = stage.room(5);
    stage.share(room, "user", 2);
    let path = format!("files/rooms/{room}/share");
    let own = |stage: &Stage, access: i64| json!({"invitations": [{"id": stage.id("user"), "access": access}]});
    let raise = own(&stage, 10);
    assert_eq!(stage.call("user", "PUT", &path, raise).0, 403);
    let leave = own(&stage, 0);
    assert_eq!(stage.call("user", "PUT", &path, leave).0, 200);
    assert_eq!(stage.call("user", "GET", &format!("files/rooms/{room}"), Value::Null).0, 403);
}

#[test]
fn a_second_template_order_is_dropped_while_the_first_runs() {
    let mut stage = Stage::new();
    let source = stage.room(5);
    stage.call("owner", "POST", "files/roomtemplate", json!({"roomId": source, "title": "First"}));
    let (status, _) = stage.call("owner", "POST", "files/roomtemplate", json!({"roomId": source, "title": "Second"}));
    assert_eq!(status, 200);
    stage.portal.advance(Duration::from_secs(2));
    let (_, listed) = stage.call("owner", "GET", "files/rooms?searchArea=Templates", Value::Null);
    assert_eq!(
        (&listed["response"]["total"], &listed["response"]["folders"][0]["title"]),
        (&json!(1), &json!("First"))
    );
}

#[test]
fn a_folder_in_a_room_is_deleted_like_a_room() {
    let mut stage = Stage::new();
    let room = stage.room(5);
    stage.share(room, "ann", 11);
    stage.share(room, "user", 2);
    let mut make = |who: &str, parent: i64| {
        let (_, made) = stage.call(who, "POST", &format!("files/folder/{parent}"), json!({"title": "F"}));
        made["response"]["id"].as_i64().expect("an id")
    };
    let (others, own) = (make("owner", room), make("ann", room));
    make("ann", own);
    for (who, folder, status) in [("user", own, 403), ("ann", others, 403), ("ann", own, 200), ("owner", others, 200)] {
        assert_eq!(stage.call(who, "DELETE", &format!("files/rooms/{folder}"), json!({})).0, status, "{who}");
    }
    stage.portal.advance(Duration::from_secs(2));
    let (_, left) = stage.call("owner", "GET", &format!("files/{room}"), Value::Null);
    assert_eq!(left["response"]["folders"], json!([]));
    assert_eq!(stage.call("owner", "DELETE", &format!("files/rooms/{own}"), json!({})).0, 404);
}

#[test]
fn a_large_room_is_deleted_file_by_file() {
    let mut stage = Stage::new();
    let room = stage.room(5);
    assert!(stage.portal.fill_room(room, 12_000));
    assert!(!stage.portal.fill_room(room + 1, 1), "there is no such room");
    let path = format!("files/rooms/{room}");
    assert_eq!(stage.call("owner", "GET", &path, Value::Null).1["response"]["filesCount"], 12_000);
    assert_eq!(stage.call("owner", "DELETE", &path, json!({})).0, 200);
    stage.portal.advance(Duration::from_secs(72));
    let left = stage.call("owner", "GET", &path, Value::Null).1["response"]["filesCount"].as_u64().expect("a number");
    assert!((5_900..6_100).contains(&left), "{left} files are left after half of the time");
    stage.portal.advance(Duration::from_secs(73));
    assert_eq!(stage.call("owner", "GET", &path, Value::Null).0, 404);
}

#[test]
fn folders_and_files_can_be_deleted_by_managers_and_their_creators() {
    let mut stage = Stage::new();
    let room = stage.room(5);
    assert_eq!(stage.share(room, "user", 11), 200);
    let folder = |stage: &mut Stage, who: &str| {
        let body = json!({"title": "Docs"});
        stage.call(who, "POST", &format!("files/folder/{room}"), body).1["response"]["id"].to_string()
    };
    let (mine, theirs) = (folder(&mut stage, "owner"), folder(&mut stage, "user"));
    assert!(stage.portal.fill_room(room, 1));
    let path = format!("files/{room}");
    let file = stage.call("owner", "GET", &path, Value::Null).1["response"]["files"][0]["id"].to_string();
    let now = json!({"immediately": true});
    assert_eq!(stage.call("user", "DELETE", &format!("files/folder/{mine}"), now.clone()).0, 403);
    assert_eq!(stage.call("user", "DELETE", &format!("files/file/{file}"), now.clone()).0, 403);
    assert_eq!(stage.call("user", "DELETE", &format!("files/folder/{theirs}"), now.clone()).0, 200);
    assert_eq!(stage.call("owner", "DELETE", &format!("files/folder/{room}"), now.clone()).0, 403, "a room");
    assert_eq!(stage.call("owner", "DELETE", "files/file/987654321", now.clone()).0, 404);
    let (_, all) = stage.call("owner", "DELETE", &format!("files/folder/{mine}"), now.clone());
    assert_eq!(all["response"].as_array().map(Vec::len), Some(1));
    let (_, all) = stage.call("owner", "DELETE", &format!("files/file/{file}"), now);
    assert_eq!(all["response"].as_array().map(Vec::len), Some(2), "all deletes of the caller are listed");
    stage.portal.advance(Duration::from_secs(1));
    let left = stage.call("owner", "GET", &path, Value::Null).1;
    assert_eq!(left["response"]["count"], 0);
}
