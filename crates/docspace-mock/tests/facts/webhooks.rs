//! Facts about webhooks (docs/portal/webhooks.md).

use std::time::Duration;

use docspace_mock::{Outcome, Outgoing, Request};
use serde_json::{Value, json};

use super::fixture::Fixture;
use super::{CUSTOM, PUBLIC, READ, ROOM_MANAGER};

/// The bit of `room.created`.
const ROOM_CREATED: i64 = 4_194_304;
/// The bit of `room.updated`.
const ROOM_UPDATED: i64 = 8_388_608;
/// The triggers of a webhook that asks for all events.
const ALL: i64 = 0;

fn fields(name: &str, triggers: i64) -> Value {
    let uri = format!("http://receiver.example/{name}");
    json!({"name": name, "uri": uri, "secretKey": "Wh-Secr3t.2026", "enabled": true, "ssl": false, "triggers": triggers})
}

/// A webhook that delivers, and its id.
fn hook(fixture: &mut Fixture, person: &str, name: &str, triggers: i64) -> i64 {
    let mut body = fields(name, triggers);
    let id = fixture.ok(person, "POST", "settings/webhook", body.clone())["id"].as_i64().expect("an id");
    body["id"] = json!(id);
    fixture.ok(person, "PUT", "settings/webhook", body);
    id
}

/// Answers all deliveries that are due with a status. Returns the deliveries.
fn deliver(fixture: &mut Fixture, status: u16) -> Vec<Outgoing> {
    let mut sent = Vec::new();
    loop {
        let due = fixture.portal.take_deliveries();
        if due.is_empty() {
            return sent;
        }
        for delivery in &due {
            fixture.portal.finish_delivery(delivery.delivery.expect("an id"), Outcome::status(status));
        }
        sent.extend(due);
    }
}

fn body(delivery: &Outgoing) -> Value {
    serde_json::from_slice(&delivery.body).expect("JSON")
}

/// The address and the trigger of each delivery.
fn events(sent: &[Outgoing]) -> Vec<(String, String)> {
    let name = |delivery: &Outgoing| delivery.url.rsplit('/').next().unwrap_or_default().to_owned();
    sent.iter().map(|one| (name(one), body(one)["event"]["trigger"].as_str().unwrap_or_default().to_owned())).collect()
}

/// The triggers of the deliveries.
fn triggers(fixture: &mut Fixture) -> Vec<String> {
    events(&deliver(fixture, 200)).into_iter().map(|(_, trigger)| trigger).collect()
}

fn status_of(fixture: &mut Fixture, body: Value, reached: Outcome) -> (u16, String) {
    let bearer = format!("Bearer {}", fixture.portal.key("owner").expect("a key"));
    let request = Request::new("POST", "/api/2.0/settings/webhook").header("Authorization", &bearer).json(&body);
    let answer = fixture.portal.handle_with(&request, |probe| {
        assert_eq!(probe.method, "HEAD");
        reached
    });
    let message = answer.json().unwrap_or_default()["error"]["message"].as_str().unwrap_or_default().to_owned();
    (answer.status, message)
}

#[test]
fn create_stores_ssl_and_enabled_and_an_update_replaces_all_but_the_secret() {
    let mut fixture = Fixture::new();
    let mut sent = fields("one", ROOM_CREATED);
    sent["enabled"] = json!(false);
    let made = fixture.ok("owner", "POST", "settings/webhook", sent);
    assert_eq!((&made["enabled"], &made["ssl"], &made["secretKey"]), (&json!(true), &json!(true), &Value::Null));
    let id = &made["id"];
    let changed = fixture.ok("owner", "PUT", "settings/webhook", json!({"id": id, "name": "x", "uri": "http://x/"}));
    assert_eq!((&changed["enabled"], &changed["ssl"], &changed["triggers"]), (&json!(false), &json!(false), &json!(0)));
    assert_eq!(fixture.call("owner", "GET", "settings/webhook", Value::Null).1["count"], 1);
    assert_eq!(fixture.call("owner", "DELETE", &format!("settings/webhook/{id}"), Value::Null).0, 200);
    assert_eq!(fixture.call("owner", "DELETE", &format!("settings/webhook/{id}"), Value::Null).0, 404);
    assert_eq!(fixture.call("owner", "DELETE", "settings/webhook/abc", Value::Null).0, 404);
    assert_eq!(fixture.call("owner", "GET", "settings/webhook/1", Value::Null).0, 405);
}

#[test]
fn create_fails_if_the_receiver_does_not_answer_the_head_request_with_success() {
    let mut fixture = Fixture::new();
    for (reached, status, message) in [
        (Outcome::status(404), 400, "Webhook URL is not available. HEAD request is not response 200 http status."),
        (Outcome::status(302), 400, "Webhook URL is not available. HEAD request is not response 200 http status."),
        (Outcome::Refused, 500, "Connection refused (receiver.example:80)"),
        (Outcome::Closed, 500, "An error occurred while sending the request."),
        (
            Outcome::TimedOut,
            500,
            "The request was canceled due to the configured HttpClient.Timeout of 10 seconds elapsing.",
        ),
        (Outcome::Unresolved, 400, "DNS resolution failed for receiver.example"),
        (Outcome::Blacklisted, 400, "URL resolves to a blacklisted IP address"),
        (Outcome::status(204), 200, ""),
        (Outcome::status(200), 400, "Webhook with the same name and payload URL already exists"),
    ] {
        assert_eq!(status_of(&mut fixture, fields("one", ALL), reached), (status, message.to_owned()));
    }
}

#[test]
fn blacklist_is_off_until_a_test_asks_for_that_of_a_portal() {
    let mut fixture = Fixture::new();
    let local = json!({"name": "x", "uri": "http://127.0.0.1:9/", "secretKey": "Wh-Secr3t.2026"});
    assert_eq!(status_of(&mut fixture, local.clone(), Outcome::status(200)).0, 200);
    fixture.portal.refuse_private_receivers();
    let refused = (400, "URL host is in the blacklist".to_owned());
    assert_eq!(status_of(&mut fixture, local, Outcome::status(200)), refused);
}

#[test]
fn users_may_not_use_all_triggers_and_guests_none() {
    let mut fixture = Fixture::new();
    for (person, trigger, status) in [
        ("ann", ROOM_CREATED, 200),
        ("user", ALL, 200),
        ("user", ROOM_UPDATED, 200),
        ("user", ROOM_CREATED, 400),
        ("user", -1, 400),
        ("user", 1 << 36, 200),
        ("guest", ROOM_UPDATED, 403),
    ] {
        let name = format!("{person}{trigger}");
        assert_eq!(fixture.call(person, "POST", "settings/webhook", fields(&name, trigger)).0, status, "{name}");
    }
    let open = |fixture: &mut Fixture, person: &str| {
        let all = fixture.ok(person, "GET", "settings/webhook/triggers", Value::Null);
        all.as_array().expect("a list").iter().filter(|one| one["available"] == true).count()
    };
    let counts = ["owner", "ann", "user", "guest"].map(|person| open(&mut fixture, person));
    assert_eq!(counts, [37, 37, 29, 0]);
    fixture.ok("owner", "POST", "settings/devtoolsaccess", json!({"limitedAccessForUsers": true}));
    for (person, status) in [("admin", 200), ("ann", 403), ("user", 403)] {
        assert_eq!(fixture.call(person, "GET", "settings/webhook", Value::Null).0, status, "{person}");
        assert_eq!(fixture.call(person, "GET", "settings/webhooks/log", Value::Null).0, status, "{person}");
    }
}

#[test]
fn other_peoples_webhooks_are_for_admins() {
    let mut fixture = Fixture::new();
    let id = hook(&mut fixture, "ann", "ann", ALL);
    for (person, listed) in [("owner", 1), ("admin", 1), ("ann", 1), ("user", 0)] {
        let all = fixture.ok(person, "GET", "settings/webhook", Value::Null);
        assert_eq!(all.as_array().map(Vec::len), Some(listed), "{person}");
    }
    let off = json!({"id": id, "name": "x", "uri": "x", "enabled": false});
    assert_eq!(fixture.call("user", "PUT", "settings/webhook/enable", off.clone()).0, 403);
    assert_eq!(fixture.ok("admin", "PUT", "settings/webhook/enable", off)["enabled"], false);
}

#[test]
fn room_calls_send_the_events_of_the_table() {
    let mut fixture = Fixture::new();
    hook(&mut fixture, "owner", "all", ALL);
    let room = fixture.room(PUBLIC);
    let created = deliver(&mut fixture, 200);
    assert_eq!(events(&created), [("all".to_owned(), "room.created".to_owned())]);
    assert_eq!(body(&created[0])["payload"]["shared"], Value::Null, "the event comes before the automatic link");
    let path = format!("files/rooms/{room}");
    for (method, path, sent, expected) in [
        ("PUT", path.clone(), json!({"title": "New"}), vec!["room.updated"]),
        ("PUT", path.clone(), json!({}), vec!["room.updated"]),
        ("PUT", format!("{path}/tags"), json!({"names": ["x"]}), vec![]),
        ("PUT", format!("{path}/pin"), Value::Null, vec![]),
        ("POST", format!("{path}/cover"), json!({"color": "FF0000", "cover": ""}), vec!["room.updated"]),
        ("POST", format!("{path}/cover"), json!({"color": "FF0000", "cover": ""}), vec![]),
        ("DELETE", format!("{path}/logo"), Value::Null, vec![]),
        ("PUT", "files/rooms/roomquota".into(), json!({"roomIds": [room], "quota": 9}), vec!["room.updated"]),
        ("POST", format!("files/folder/{room}"), json!({"title": "In"}), vec!["folder.created"]),
        ("PUT", format!("{path}/archive"), json!({}), vec!["room.archived"]),
        ("PUT", format!("{path}/unarchive"), json!({}), vec!["room.restored"]),
        (
            "POST",
            "files/owner".into(),
            json!({"userId": fixture.id("ann"), "folderIds": [room]}),
            vec!["folder.updated"],
        ),
        ("PUT", format!("{path}/archive"), json!({}), vec!["room.archived"]),
        ("DELETE", path.clone(), json!({}), vec!["room.deleted"]),
    ] {
        fixture.ok("owner", method, &path, sent);
        fixture.portal.advance(Duration::from_secs(2));
        assert_eq!(triggers(&mut fixture), expected, "{method} {path}");
    }
}

#[test]
fn file_and_people_calls_send_the_events_of_the_tables() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let folder = fixture.ok("owner", "POST", &format!("files/folder/{room}"), json!({"title": "In"}))["id"].clone();
    hook(&mut fixture, "owner", "all", ALL);
    let text = fixture.ok("owner", "POST", &format!("files/{room}/text"), json!({"title": "a", "content": "b"}));
    assert_eq!(triggers(&mut fixture), ["file.created"]);
    let file = &text["id"];
    let new = json!({
        "email": "new@example.com", "firstName": "New", "lastName": "Person", "password": "Passw0rd11", "type": 4,
    });
    for (method, path, sent, expected) in [
        ("PUT", format!("files/file/{file}"), json!({"title": "c"}), vec!["file.updated"]),
        ("PUT", format!("files/file/{file}/lock"), json!({"lockFile": true}), vec!["file.updated"]),
        ("PUT", format!("files/file/{file}/lock"), json!({"lockFile": false}), vec!["file.updated"; 2]),
        (
            "PUT",
            "files/fileops/bulkdownload".into(),
            json!({"folderIds": [folder], "fileIds": [file, 987_654], "returnSingleOperation": true}),
            vec!["file.downloaded", "folder.downloaded"],
        ),
        ("DELETE", format!("files/file/{file}"), json!({}), vec!["file.trashed"]),
        ("DELETE", format!("files/file/{file}"), json!({}), vec!["file.deleted"]),
        ("PUT", format!("files/folder/{folder}"), json!({"title": "Out"}), vec!["folder.updated"]),
        ("PUT", format!("files/folder/{folder}"), json!({"title": "Out"}), vec![]),
        ("DELETE", format!("files/folder/{folder}"), json!({}), vec!["folder.trashed"]),
        ("POST", "people/active".into(), new, vec!["user.created"]),
        ("POST", "group".into(), json!({"groupName": "G", "members": []}), vec!["group.created"]),
    ] {
        fixture.ok("owner", method, &path, sent);
        fixture.portal.advance(Duration::from_secs(2));
        assert_eq!(triggers(&mut fixture), expected, "{method} {path}");
    }
    let group = fixture.ok("owner", "GET", "group", Value::Null)[0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(fixture.call("owner", "DELETE", &format!("group/{group}"), Value::Null).0, 204);
    assert_eq!(triggers(&mut fixture), ["group.deleted"]);
}

#[test]
fn record_of_a_bulk_download_counts_the_entries_and_has_an_address() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let files = [fixture.file("owner", room, "a"), fixture.file("owner", room, "b")];
    let order = json!({"folderIds": [], "fileIds": files, "fileConvertIds": [], "returnSingleOperation": true});
    let started = fixture.ok("owner", "PUT", "files/fileops/bulkdownload", order.clone());
    let first = &started[0];
    assert_eq!((&first["Operation"], &first["processed"], &first["url"]), (&json!(3), &json!("0"), &Value::Null));
    fixture.portal.advance(Duration::from_secs(1));
    let path = format!("files/fileops?id={}", first["id"].as_str().expect("an id"));
    let last = fixture.ok("owner", "GET", &path, Value::Null)[0].take();
    assert_eq!((&last["progress"], &last["processed"], &last["status"]), (&json!(100), &json!("2"), &json!(2)));
    assert!(last["url"].as_str().expect("an address").contains("/filehandler.ashx?action=bulk&filename="));
    assert!(last.get("files").is_none() && last.get("folders").is_none());
    assert_eq!(fixture.ok("", "PUT", "files/fileops/bulkdownload", order), json!([]));
}

#[test]
fn webhooks_hear_of_what_their_creator_may_read() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    for person in ["owner", "admin", "ann", "user"] {
        hook(&mut fixture, person, person, ROOM_UPDATED);
    }
    let heard = |fixture: &mut Fixture, person: &str| {
        fixture.ok(person, "PUT", &format!("files/rooms/{room}"), json!({"title": person}));
        events(&deliver(fixture, 200)).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(heard(&mut fixture, "owner"), ["owner", "admin"]);
    fixture.share(room, "ann", ROOM_MANAGER);
    fixture.share(room, "user", READ);
    assert_eq!(heard(&mut fixture, "ann"), ["owner", "admin", "ann", "user"]);
    fixture.share(room, "user", super::NONE);
    assert_eq!(heard(&mut fixture, "owner"), ["owner", "admin", "ann"]);
    let off = json!({"id": 1, "name": "x", "uri": "x", "enabled": false});
    fixture.ok("owner", "PUT", "settings/webhook/enable", off);
    assert_eq!(heard(&mut fixture, "owner"), ["admin", "ann"], "a webhook that is off is not called");
}

#[test]
fn webhook_with_a_target_gets_only_events_of_that_entity() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let id = hook(&mut fixture, "owner", "target", ALL);
    let mut sent = fields("target", ALL);
    (sent["id"], sent["targetId"]) = (json!(id), json!(room.to_string()));
    fixture.ok("owner", "PUT", "settings/webhook", sent);
    fixture.room(CUSTOM);
    fixture.ok("owner", "POST", &format!("files/folder/{room}"), json!({"title": "In"}));
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"title": "x"}));
    let sent = deliver(&mut fixture, 200);
    assert_eq!(events(&sent), [("target".to_owned(), "room.updated".to_owned())]);
    assert_eq!(body(&sent[0])["webhook"]["target"], json!({"id": room, "type": "room"}));
}

#[test]
fn failed_deliveries_are_retried_after_1_2_4_8_and_16_seconds() {
    let mut fixture = Fixture::new();
    hook(&mut fixture, "owner", "one", ROOM_CREATED);
    fixture.room(CUSTOM);
    let first = deliver(&mut fixture, 500);
    assert_eq!((first.len(), &body(&first[0])["webhook"]["retryCount"]), (1, &Value::Null));
    for (count, pause) in [1, 2, 4, 8, 16].into_iter().enumerate() {
        fixture.portal.advance(Duration::from_millis(pause * 1000 - 1));
        assert!(deliver(&mut fixture, 500).is_empty(), "retry {count} is too early");
        fixture.portal.advance(Duration::from_millis(1));
        let retry = deliver(&mut fixture, 500);
        let (sent, before) = (body(&retry[0]), body(&first[0]));
        assert_eq!(sent["webhook"]["retryCount"], count + 1);
        assert_eq!(
            sent["webhook"]["lastFailureContent"],
            "Response status code does not indicate success: 500 (Internal Server Error)."
        );
        assert_eq!((&sent["event"], &sent["payload"]), (&before["event"], &before["payload"]));
    }
    fixture.portal.advance(Duration::from_secs(600));
    assert!(deliver(&mut fixture, 500).is_empty(), "there are five retries");
    let log = fixture.ok("owner", "GET", "settings/webhooks/log", Value::Null);
    assert_eq!((&log[0]["status"], &log[0]["delivery"]), (&json!(500), &Value::Null));
    assert_eq!(log.as_array().map(Vec::len), Some(1), "all automatic retries share one entry");
}

#[test]
fn last_try_answered_with_410_deletes_the_webhook_and_its_log() {
    let mut fixture = Fixture::new();
    hook(&mut fixture, "owner", "one", ROOM_CREATED);
    fixture.room(CUSTOM);
    for _ in 0..6 {
        assert_eq!(fixture.ok("owner", "GET", "settings/webhook", Value::Null).as_array().map(Vec::len), Some(1));
        assert_eq!(deliver(&mut fixture, 410).len(), 1);
        fixture.portal.advance(Duration::from_secs(16));
    }
    assert_eq!(fixture.ok("owner", "GET", "settings/webhook", Value::Null), json!([]));
    assert_eq!(fixture.ok("owner", "GET", "settings/webhooks/log", Value::Null), json!([]));
}

#[test]
fn webhook_that_fails_for_more_than_three_days_is_switched_off() {
    for (days, enabled) in [(2, true), (4, false)] {
        let mut fixture = Fixture::new();
        hook(&mut fixture, "owner", "one", ROOM_CREATED);
        fixture.portal.advance(Duration::from_secs(days * 86_400));
        fixture.room(CUSTOM);
        for _ in 0..6 {
            deliver(&mut fixture, 503);
            fixture.portal.advance(Duration::from_secs(16));
        }
        let hooks = fixture.ok("owner", "GET", "settings/webhook", Value::Null);
        assert_eq!((&hooks[0]["configs"]["enabled"], &hooks[0]["status"]), (&json!(enabled), &json!(503)));
    }
}

#[test]
fn http_webhook_is_switched_off_at_its_first_event_as_created() {
    let mut fixture = Fixture::new();
    fixture.ok("owner", "POST", "settings/webhook", fields("one", ALL));
    fixture.room(CUSTOM);
    assert!(deliver(&mut fixture, 200).is_empty());
    let hooks = fixture.ok("owner", "GET", "settings/webhook", Value::Null);
    assert_eq!(hooks[0]["configs"]["enabled"], false);
    let log = fixture.ok("owner", "GET", "settings/webhooks/log", Value::Null);
    assert_eq!((&log[0]["status"], &log[0]["requestHeaders"]), (&json!(0), &Value::Null));
}

#[test]
fn eleventh_delivery_waits_for_the_retries_of_the_ten_before() {
    let mut fixture = Fixture::new();
    for name in ["fails", "fine"] {
        hook(&mut fixture, "owner", name, ROOM_CREATED);
    }
    for _ in 0..6 {
        fixture.room(CUSTOM);
    }
    let first = fixture.portal.take_deliveries();
    assert_eq!(first.len(), 10);
    for delivery in &first {
        let status = if delivery.url.ends_with("/fails") { 500 } else { 200 };
        fixture.portal.finish_delivery(delivery.delivery.expect("an id"), Outcome::status(status));
    }
    assert!(fixture.portal.take_deliveries().is_empty());
    fixture.portal.advance(Duration::from_secs(1));
    // The retries succeed, and the next batch follows.
    assert_eq!(deliver(&mut fixture, 200).len(), 5 + 2);
}

#[test]
fn cookies_of_a_receiver_come_back_to_all_receivers_on_its_host() {
    let mut fixture = Fixture::new();
    for name in ["one", "two"] {
        hook(&mut fixture, "owner", name, ROOM_CREATED);
    }
    fixture.room(CUSTOM);
    for delivery in fixture.portal.take_deliveries() {
        let headers = vec![("Set-Cookie".to_owned(), "a=1; Path=/".to_owned())];
        let outcome = Outcome::Answered { status: 200, headers, body: Vec::new() };
        fixture.portal.finish_delivery(delivery.delivery.expect("an id"), outcome);
    }
    fixture.room(CUSTOM);
    for delivery in deliver(&mut fixture, 200) {
        assert!(delivery.headers.contains(&("Cookie".into(), "a=1".into())), "{delivery:?}");
    }
}

#[test]
fn retry_by_hand_makes_a_new_entry_with_the_old_event() {
    let mut fixture = Fixture::new();
    let id = hook(&mut fixture, "owner", "one", ROOM_CREATED);
    fixture.room(CUSTOM);
    let first = deliver(&mut fixture, 200);
    let old = first[0].delivery.expect("an id");
    fixture.ok("owner", "PUT", "settings/webhook/enable", json!({"id": id, "name": "x", "uri": "x"}));
    fixture.portal.advance(Duration::from_secs(60));
    let again = fixture.ok("owner", "PUT", &format!("settings/webhook/{old}/retry"), Value::Null);
    assert_eq!(
        (&again["status"], again["requestPayload"].as_str()),
        (&json!(0), std::str::from_utf8(&first[0].body).ok())
    );
    let second = deliver(&mut fixture, 200);
    let (sent, before) = (body(&second[0]), body(&first[0]));
    assert_eq!(sent["event"]["id"], again["id"]);
    assert_eq!((&sent["event"]["createOn"], &sent["payload"]), (&before["event"]["createOn"], &before["payload"]));
    for (person, path, body, status) in [
        ("owner", "settings/webhook/0/retry".to_owned(), Value::Null, 400),
        ("owner", "settings/webhook/4711/retry".into(), Value::Null, 404),
        ("user", format!("settings/webhook/{old}/retry"), Value::Null, 403),
        ("user", "settings/webhook/retry".into(), json!({"ids": [old]}), 200),
        ("guest", "settings/webhook/retry".into(), json!({"ids": [old]}), 403),
        ("owner", "settings/webhook/retry".into(), json!({"ids": null}), 500),
        ("owner", "settings/webhook/retry".into(), json!({"ids": ["x"]}), 400),
    ] {
        assert_eq!(fixture.call(person, "PUT", &path, body).0, status, "{person} {path}");
    }
    let twice = fixture.ok("owner", "PUT", "settings/webhook/retry", json!({"ids": [old, 4711, old]}));
    assert_eq!(twice.as_array().map(Vec::len), Some(2));
}

#[test]
fn log_is_filtered_by_status_trigger_and_delivery() {
    let mut fixture = Fixture::new();
    let id = hook(&mut fixture, "owner", "one", ALL);
    let room = fixture.room(CUSTOM);
    deliver(&mut fixture, 201);
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({}));
    let mut found = |query: &str| {
        let (status, answer) = fixture.call("owner", "GET", &format!("settings/webhooks/log?{query}"), Value::Null);
        if status == 200 { answer["total"].as_i64() } else { None }
    };
    for (query, count) in [
        ("", Some(2)),
        ("groupStatus=1", Some(1)),
        ("groupStatus=Status2xx", Some(1)),
        ("groupStatus=3", Some(2)),
        ("groupStatus=32", None),
        ("trigger=RoomUpdated", Some(1)),
        ("trigger=room.updated", None),
        ("trigger=8388609", None),
        ("hookUri=HTTP://receiver.example/ONE", Some(2)),
        ("hookUri=one", Some(0)),
        ("deliveryFrom=2001-01-01", Some(1)),
        ("deliveryTo=2001-01-01", Some(0)),
        ("deliveryFrom=nope", None),
        ("userId=00000000-0000-0000-0000-000000000000", Some(0)),
        ("count=101", None),
        ("startIndex=-1", None),
    ] {
        assert_eq!(found(query), count, "{query}");
    }
    assert_eq!(found(&format!("configId={id}&eventId=1001")), Some(1));
}

#[test]
fn dates_of_webhooks_are_shifted_by_the_zone_of_the_portal() {
    let mut fixture = Fixture::new();
    fixture.portal.set_time_zone("+05:30").expect("a zone");
    hook(&mut fixture, "owner", "one", ROOM_CREATED);
    fixture.room(CUSTOM);
    let sent = deliver(&mut fixture, 200);
    assert_eq!(body(&sent[0])["event"]["createOn"], "2026-11-21T08:00:00Z");
    let hooks = fixture.ok("owner", "GET", "settings/webhook", Value::Null);
    assert_eq!(hooks[0]["configs"]["createdOn"], "2026-11-21T13:30:00+00:00");
    let log = fixture.ok("owner", "GET", "settings/webhooks/log", Value::Null);
    assert_eq!(log[0]["creationTime"], "2026-11-21T02:30:00Z");
}
