//! What programs read when they start (docs/portal/credentials.md#what-a-client-can-ask-at-its-start),
//! and the quotas of rooms, people and the portal (docs/portal/tags-groups-logos-quotas.md).

use docspace_mock::Request;
use serde_json::{Value, json};

use crate::CUSTOM;
use crate::fixture::Fixture;

#[test]
fn settings_are_for_all_callers_for_people_or_for_admins() {
    let mut fixture = Fixture::new();
    for (paths, anonymous, user) in [
        (["settings/colortheme", "settings/deeplink", "security/csp", "files/settings"], 200, 200),
        (["settings/version", "portal/path", "people/tokendiagnostics", "settings/banner"], 401, 200),
        (["portal/tenantextra", "portal/userscount", "settings/cookiesettings", "settings/payment"], 401, 403),
    ] {
        for path in paths {
            for (person, status) in [("", anonymous), ("guest", user), ("user", user), ("admin", 200)] {
                assert_eq!(fixture.call(person, "GET", path, Value::Null).0, status, "{person}: {path}");
            }
        }
    }
    assert_eq!(fixture.call("admin", "GET", "portal/quota/right", Value::Null).1.get("response"), None);
    assert_eq!(fixture.call("ann", "GET", "settings/tips", Value::Null).0, 405);
    assert_eq!(fixture.call("ann", "GET", "settings/statistics/spaceusage/products", Value::Null).0, 404);
    let list = fixture.call("ann", "GET", "Settings/TfaApp/", Value::Null).1;
    assert_eq!(list["count"], 2, "the length of the list");
}

#[test]
fn only_admins_see_the_record_of_the_portal() {
    let mut fixture = Fixture::new();
    for (person, version, has_name) in [("owner", 2, true), ("admin", 2, true), ("ann", 0, false), ("guest", 0, false)]
    {
        let record = fixture.ok(person, "GET", "portal", Value::Null);
        assert_eq!((record["version"].as_i64(), record["name"].is_string()), (Some(version), has_name), "{person}");
        assert_eq!(record["creationDateTime"] == "0001-01-01T00:00:00", !has_name, "{person}");
    }
    for (person, fields) in [("owner", 10), ("ann", 4), ("user", 2)] {
        let tariff = fixture.ok(person, "GET", "portal/tariff", Value::Null);
        assert_eq!(tariff.as_object().map(serde_json::Map::len), Some(fields), "{person}");
    }
}

#[test]
fn hash_of_passwords_is_shown_to_people_who_ask_for_it() {
    let mut fixture = Fixture::new();
    for (person, query, is_shown) in
        [("", "", true), ("", "?withPassword=false", true), ("user", "", false), ("user", "?withpassword=true", true)]
    {
        let settings = fixture.ok(person, "GET", &format!("settings{query}"), Value::Null);
        assert_eq!(settings["passwordHash"]["salt"].is_string(), is_shown, "{person}{query}");
    }
}

#[test]
fn health_is_outside_the_api_and_has_no_envelope() {
    let answer = Fixture::new().portal.handle(&Request::new("GET", "/health"));
    let body = answer.json().expect("JSON");
    assert_eq!((answer.status, &body["status"], body.get("count")), (200, &json!("Healthy"), None));
}

#[test]
fn text_that_does_not_fit_into_the_room_is_refused() {
    let mut fixture = Fixture::new();
    fixture.ok("owner", "POST", "settings/roomquotasettings", json!({"enableQuota": true, "defaultQuota": 1000}));
    let room = fixture.room_of("owner", json!({"title": "Small", "roomType": CUSTOM, "quota": 100}));
    let mut write = |length: usize| {
        let body = json!({"title": "t", "content": "x".repeat(length), "createNewIfExist": false});
        fixture.call("owner", "POST", &format!("files/{room}/text"), body)
    };
    assert_eq!(write(100).0, 200);
    let (status, answer) = write(1);
    assert_eq!((status, &answer["error"]["message"]), (402, &json!("Room space quota exceeded (100 bytes).")));
}

#[test]
fn quota_of_the_portal_limits_the_quotas_of_rooms() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let limit = |quota: Value| json!({"tenantId": 1, "quota": quota});
    assert_eq!(fixture.call("ann", "PUT", "settings/tenantquotasettings", limit(json!(1000))).0, 403);
    let set = fixture.ok("admin", "PUT", "settings/tenantquotasettings", limit(json!(1000)));
    assert_eq!((&set["enableQuota"], &set["quota"]), (&json!(true), &json!(1000)));
    let default = |bytes: i64| json!({"enableQuota": true, "defaultQuota": bytes});
    assert_eq!(fixture.call("owner", "POST", "settings/roomquotasettings", default(1001)).0, 500);
    assert_eq!(fixture.call("owner", "POST", "settings/roomquotasettings", default(1000)).0, 200);
    for (path, body) in [
        (format!("files/rooms/{room}"), json!({"quota": 1001})),
        ("files/rooms/roomquota".to_owned(), json!({"roomIds": [room], "quota": 1001})),
    ] {
        let (status, answer) = fixture.call("owner", "PUT", &path, body);
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(status == 403 && message.starts_with("Failed to set quota per room."), "{path}: {answer}");
    }
    fixture.room_of("owner", json!({"title": "Large", "roomType": CUSTOM, "quota": 1001}));
    let off = fixture.ok("owner", "PUT", "settings/tenantquotasettings", limit(json!(-1)));
    assert_eq!(off["enableQuota"], false);
    let zero = fixture.ok("owner", "PUT", "settings/tenantquotasettings", json!({"tenantId": 1}));
    assert_eq!((&zero["enableQuota"], &zero["quota"]), (&json!(true), &json!(0)));
}

#[test]
fn people_have_the_default_quota_or_their_own() {
    let mut fixture = Fixture::new();
    let user = fixture.id("user");
    let new = fixture.ok("admin", "GET", "settings/userquotasettings", Value::Null);
    assert_eq!((&new["enableQuota"], &new["defaultQuota"]), (&json!(false), &json!(-2)));
    assert_eq!(fixture.call("ann", "GET", "settings/userquotasettings", Value::Null).0, 403);
    let own = |quota: Value| json!({"userIds": [user], "quota": quota});
    assert_eq!(fixture.call("owner", "PUT", "people/userquota", own(json!("5"))).0, 500, "a number as text");
    let profile = format!("people/{user}");
    let quota = |fixture: &mut Fixture| {
        let person = fixture.ok("owner", "GET", &profile, Value::Null);
        (person["quotaLimit"].as_i64(), person["isCustomQuota"].as_bool())
    };
    assert_eq!(quota(&mut fixture), (None, None));
    let on = json!({"enableQuota": true, "defaultQuota": 50});
    fixture.ok("owner", "POST", "settings/userquotasettings", on);
    for (sent, expected) in [(7, (7, true)), (-1, (-1, true)), (0, (50, false)), (-2, (50, false)), (9, (9, true))] {
        fixture.ok("owner", "PUT", "people/userquota", own(json!(sent)));
        assert_eq!(quota(&mut fixture), (Some(expected.0), Some(expected.1)), "{sent}");
    }
    for (filter, found) in [(1, 4), (2, 1), (0, 5)] {
        let (_, list) = fixture.call("owner", "GET", &format!("people/filter?quotaFilter={filter}"), Value::Null);
        assert_eq!(list["total"], found, "{filter}");
    }
    fixture.ok("owner", "PUT", "people/resetquota", json!({"userIds": [user]}));
    assert_eq!(quota(&mut fixture), (Some(50), Some(false)));
}
