//! The audit trail and the login history (docs/portal/history-and-audit.md).

use std::time::Duration;

use docspace_mock::Outcome;
use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, READ};

/// The numbers of the actions of events, newest first.
fn actions(events: &Value) -> Vec<i64> {
    events.as_array().into_iter().flatten().filter_map(|event| event["actionId"].as_i64()).collect()
}

impl Fixture {
    /// The events that the admin gets for this query.
    #[track_caller]
    fn events(&mut self, query: &str) -> Value {
        self.ok("admin", "GET", &format!("security/audit/events/filter?{query}"), Value::Null)
    }
}

#[test]
fn one_call_writes_several_events() {
    let mut fixture = Fixture::new();
    fixture.room_of("ann", json!({"title": "Audit, 2026", "roomType": CUSTOM, "tags": ["a", "b"]}));
    let events = fixture.events("");
    assert_eq!(actions(&events), [5078, 5076, 5076, 5070]);
    assert_eq!(events[0]["action"], "Added tags: [a, b]");
    assert_eq!(events[0]["context"], "Rooms: Audit, 2026");
    assert_eq!(events[1].get("target"), None, "a tag has no id");
    let created = &events[3];
    assert_eq!(created["userId"], fixture.id("ann"));
    assert_eq!((&created["actionType"], &created["product"], &created["location"]), (&json!(1), &json!(2), &json!(27)));
    assert_eq!(created["entries"], json!([25]));
}

#[test]
fn links_and_members_are_in_the_trail_with_the_room_as_the_target() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let path = format!("files/rooms/{room}/links");
    let link = fixture.ok("owner", "PUT", &path, json!({"access": READ, "linkType": 1, "title": "x"}));
    let id = &link["sharedLink"]["id"];
    fixture.ok("owner", "PUT", &path, json!({"access": 10, "linkType": 1, "title": "y", "linkId": id}));
    fixture.ok("owner", "PUT", &path, json!({"access": 0, "linkType": 1, "linkId": id}));
    fixture.share(room, "user", READ);
    fixture.share(room, "user", 11);
    fixture.share(room, "user", 0);
    // The renaming of a link (5098) comes only if it is asked for.
    assert_eq!(actions(&fixture.events("")), [5084, 5075, 5085, 5090, 5089, 5088, 5070]);
    assert_eq!(actions(&fixture.events("action=5098")), [5098]);
    let events = fixture.events(&format!("action=RoomCreateUser&target={room}"));
    assert_eq!(events[0]["action"], "Added user: User Tester. Role: Viewer");
    assert_eq!(events[0]["target"], json!([room.to_string()]));
}

#[test]
fn target_counts_only_together_with_an_action_or_an_entry_type() {
    let mut fixture = Fixture::new();
    let rooms = [fixture.room(CUSTOM), fixture.room(CUSTOM)];
    assert_eq!(actions(&fixture.events("target=nope")), [5070, 5070]);
    assert_eq!(fixture.events(&format!("action=5070&target={}", rooms[0])).as_array().map(Vec::len), Some(1));
    assert_eq!(fixture.events("action=5070&target=987654321"), json!([]));
    let file = fixture.file("owner", rooms[0], "a.txt");
    assert_eq!(actions(&fixture.events(&format!("entryType=File&target={file}"))), [5000]);
    assert_eq!(fixture.events(&format!("entryType=Folder&target={}", rooms[0])), json!([]));
    assert_eq!(actions(&fixture.events("entryType=25")), [5000, 5070, 5070]);
    let path = format!("security/audit/events/filter?entryType=Room&target={}", rooms[0]);
    let (status, answer) = fixture.call("owner", "GET", &path, Value::Null);
    assert_eq!(status, 400);
    assert_eq!(answer["error"]["message"], "An item with the same key has already been added. Key: 5154");
}

#[test]
fn action_takes_precedence_over_type_and_module() {
    let mut fixture = Fixture::new();
    fixture.room(CUSTOM);
    assert_eq!(actions(&fixture.events("actionType=Create")), [5070]);
    assert_eq!(fixture.events("actionType=3"), json!([]));
    assert_eq!(actions(&fixture.events("action=5070&actionType=3&moduleType=27")), [5070]);
    for module in ["27", "rooms"] {
        let path = format!("security/audit/events/filter?moduleType={module}");
        assert_eq!(fixture.call("owner", "GET", &path, Value::Null).0, 500, "{module}");
    }
    assert_eq!(actions(&fixture.events("moduleType=0&actionType=0&action=None")), [5070]);
}

#[test]
fn person_and_moments_limit_the_events() {
    let mut fixture = Fixture::new();
    fixture.room(CUSTOM);
    fixture.portal.advance(Duration::from_secs(60));
    fixture.room_of("ann", json!({"title": "Later", "roomType": CUSTOM}));
    let all = fixture.events("");
    let later = all[0]["date"].as_str().expect("a date").replace(".0000000", "");
    let ann = fixture.id("ann");
    assert_eq!(fixture.events(&format!("userId={ann}")).as_array().map(Vec::len), Some(1));
    assert_eq!(fixture.events(&format!("from={later}")).as_array().map(Vec::len), Some(1), "both ends count");
    assert_eq!(fixture.events(&format!("to={later}")).as_array().map(Vec::len), Some(2), "both ends count");
    assert_eq!(fixture.events(&format!("from=2050-01-01T00:00:00Z&to={later}")), json!([]));
    assert_eq!(fixture.events("count=1&startIndex=1")[0]["userId"], fixture.id("owner"));
}

#[test]
fn hidden_history_answers_the_last_twenty_events_to_every_query() {
    let mut fixture = Fixture::new();
    for _ in 0..25 {
        fixture.room(CUSTOM);
    }
    fixture.portal.hide_login_history(true);
    for query in ["count=1", "startIndex=100", "action=4000", "moduleType=27", "to=2001-01-01T00:00:00Z"] {
        assert_eq!(fixture.events(query).as_array().map(Vec::len), Some(20), "{query}");
    }
    let bad = fixture.call("owner", "GET", "security/audit/events/filter?count=0", Value::Null);
    assert_eq!(bad.0, 400);
}

#[test]
fn catalog_of_tags_and_owners_are_in_the_trail() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.ok("owner", "POST", "files/tags", json!({"name": "a"}));
    fixture.ok("owner", "POST", "files/tags", json!({"name": "a"}));
    fixture.ok("owner", "DELETE", "files/tags", json!({"names": ["a", "unknown"]}));
    let owner = json!({"folderIds": [room], "fileIds": [], "userId": fixture.id("ann")});
    fixture.ok("owner", "POST", "files/owner", owner);
    assert_eq!(actions(&fixture.events("")), [5159, 5077, 5076, 5070]);
}

#[test]
fn only_admins_read_the_trail() {
    let mut fixture = Fixture::new();
    for path in ["events/last", "events/filter", "login/last", "login/filter", "types", "mappers", "settings/lifetime"]
    {
        let path = format!("security/audit/{path}");
        for (person, status) in [("owner", 200), ("admin", 200), ("ann", 403), ("user", 403), ("guest", 403), ("", 401)]
        {
            assert_eq!(fixture.call(person, "GET", &path, Value::Null).0, status, "{person}: {path}");
        }
    }
}

#[test]
fn changes_of_a_worker_have_no_address() {
    let mut fixture = Fixture::new();
    let hook = json!({"name": "hook", "uri": "https://gone.example", "secretKey": "Wh-Secr3t.2026"});
    fixture.ok("owner", "POST", "settings/webhook", hook);
    fixture.room(CUSTOM);
    fixture.portal.advance(Duration::from_secs(5));
    for _ in 0..10 {
        for sent in fixture.portal.take_deliveries() {
            fixture.portal.finish_delivery(sent.delivery.expect("an id"), Outcome::status(410));
        }
        fixture.portal.advance(Duration::from_secs(60));
    }
    let events = fixture.events("action=WebhookDeleted");
    assert_eq!(events[0]["action"], "Webhook deleted: hook (HTTP status 410)");
    assert_eq!((events[0].get("ip"), events[0].get("page")), (None, None));
}

#[test]
fn background_work_has_the_address_of_the_client_and_no_page() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.archive(room);
    let events = fixture.events("action=RoomArchived");
    assert_eq!(events[0]["ip"], "");
    assert_eq!(events[0].get("page"), None);
}

#[test]
fn events_are_removed_at_the_end_of_their_lifetime() {
    let mut fixture = Fixture::new();
    fixture.room(CUSTOM);
    let days = json!({"settings": {"loginHistoryLifeTime": 180, "auditTrailLifeTime": 1}});
    fixture.ok("owner", "POST", "security/audit/settings/lifetime", days);
    fixture.portal.advance(Duration::from_secs(2 * 86_400));
    for _ in 0..3 {
        fixture.room(CUSTOM);
    }
    assert_eq!(actions(&fixture.events("action=5070")), [5070; 3]);
}

#[test]
fn logins_are_cut_to_a_page_before_they_are_filtered() {
    let mut fixture = Fixture::new();
    for name in ["user", "ann", "ann"] {
        let login = json!({"userName": fixture.portal.email(name), "password": fixture.portal.password(name)});
        fixture.ok("", "POST", "authentication", login);
    }
    let path = |query: &str| format!("security/audit/login/filter?{query}");
    let user = fixture.id("user");
    assert_eq!(fixture.ok("owner", "GET", &path(&format!("userId={user}")), Value::Null)[0]["actionId"], 1010);
    let page = fixture.ok("owner", "GET", &path(&format!("count=2&userId={user}")), Value::Null);
    assert_eq!(page, json!([]));
    assert_eq!(fixture.call("owner", "GET", &path("action=0"), Value::Null).0, 400);
}

#[test]
fn failed_login_names_the_address_and_no_person() {
    let mut fixture = Fixture::new();
    let wrong = json!({"userName": fixture.portal.email("ann"), "password": "wrong"});
    assert_eq!(fixture.call("", "POST", "authentication", wrong).0, 401);
    let last = fixture.ok("owner", "GET", "security/audit/login/last?count=1", Value::Null);
    assert_eq!(last[0]["actionId"], 1013);
    assert_eq!((&last[0]["user"], &last[0]["login"]), (&json!("ann@example.com"), &json!("ann@example.com")));
    assert_eq!(last[0]["userId"], "712d9ec3-5d2b-4b13-824f-71f00191dcca");
}
