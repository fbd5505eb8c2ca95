//! Sessions and logging out (docs/portal/credentials.md#sessions), and settings of the portal.

use docspace_mock::Request;
use serde_json::{Value, json};

use crate::CUSTOM;
use crate::fixture::Fixture;

/// Logs `user` in, and returns the token.
fn log_in(fixture: &mut Fixture) -> String {
    let body = json!({"userName": "user@example.com", "password": "Passw0rd11"});
    fixture.ok("", "POST", "authentication", body)["token"].as_str().expect("a token").to_owned()
}

fn call(fixture: &mut Fixture, method: &str, path: &str, header: (&str, &str)) -> (u16, Value, usize) {
    let answer = fixture.portal.handle(&Request::new(method, &format!("/api/2.0/{path}")).header(header.0, header.1));
    let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie").count();
    (answer.status, answer.json().unwrap_or_default(), cookies)
}

#[test]
fn only_a_cookie_names_its_log_in_and_is_removed_by_logging_out() {
    let mut fixture = Fixture::new();
    let token = log_in(&mut fixture);
    let cookie = format!("asc_auth_key={token}");
    let own = |fixture: &mut Fixture, header| call(fixture, "GET", "people/@self", header);
    assert_eq!(own(&mut fixture, ("Authorization", &token)).1["response"]["loginEventId"], 0);
    assert_eq!(own(&mut fixture, ("Cookie", &cookie)).1["response"]["loginEventId"], 1);
    for (header, cookies) in [
        (("Authorization", token.as_str()), 0),
        (("Cookie", &cookie), 1),
        (("Cookie", &cookie), 1),
        (("X-None", ""), 0),
    ] {
        let (status, _, got) = call(&mut fixture, "POST", "authentication/logout", header);
        assert_eq!((status, got), (200, cookies), "{header:?}");
    }
}

#[test]
fn person_lists_and_ends_the_other_sessions() {
    let mut fixture = Fixture::new();
    let (old, new) = (log_in(&mut fixture), log_in(&mut fixture));
    let (_, listed, _) = call(&mut fixture, "GET", "security/activeconnections", ("Authorization", &new));
    let ids: Vec<i64> =
        listed["response"]["items"].as_array().expect("items").iter().filter_map(|one| one["id"].as_i64()).collect();
    assert_eq!(ids, [2, 1]);
    let cookie = format!("asc_auth_key={new}");
    assert_eq!(call(&mut fixture, "GET", "security/activeconnections", ("Cookie", &cookie)).0, 400);
    let path = "security/activeconnections/logoutallexceptthis";
    assert_eq!(call(&mut fixture, "PUT", path, ("Cookie", &cookie)).1["response"], "User Tester");
    assert_eq!(call(&mut fixture, "GET", "people/@self", ("Authorization", &old)).0, 401);
    assert_eq!(call(&mut fixture, "GET", "people/@self", ("Authorization", &new)).0, 200);
}

#[test]
fn sessions_of_a_disabled_person_stay_ended() {
    let mut fixture = Fixture::new();
    let token = log_in(&mut fixture);
    let body = json!({"userIds": [fixture.id("user")]});
    for status in ["Terminated", "Active"] {
        fixture.ok("owner", "PUT", &format!("people/status/{status}"), body.clone());
        assert_eq!(call(&mut fixture, "GET", "people/@self", ("Authorization", &token)).0, 401);
    }
    log_in(&mut fixture);
}

#[test]
fn second_factors_and_confirmations_are_refused() {
    let mut fixture = Fixture::new();
    let known = json!({"userName": "user@example.com", "password": "Passw0rd11"});
    assert_eq!(fixture.call("", "POST", "authentication/sendsms", known).0, 500);
    assert_eq!(fixture.call("", "POST", "authentication/sendsms", json!({})).0, 401);
    assert_eq!(fixture.call("", "POST", "authentication/setphone", json!({})).0, 401);
    assert_eq!(fixture.call("user", "POST", "authentication/setphone", json!({})).0, 403);
    let wrong = json!({"type": "LinkInvite", "key": "x"});
    assert_eq!(fixture.ok("", "POST", "authentication/confirm", wrong), json!({"result": 1, "isAgent": false}));
    let asked = json!({"email": "unknown@example.com"});
    assert!(fixture.ok("", "POST", "people/password", asked).is_string(), "unknown addresses get the same answer");
}

#[test]
fn only_admins_read_the_quota_and_the_used_space() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    assert!(fixture.portal.fill_room(room, 1));
    assert_eq!(fixture.ok("admin", "GET", "portal/quota", Value::Null)["maxTotalSize"], i64::MAX);
    assert!(fixture.ok("admin", "GET", "portal/usedspace", Value::Null).is_number());
    for path in ["portal/quota", "portal/usedspace"] {
        assert_eq!(fixture.call("ann", "GET", path, Value::Null).0, 403);
    }
}
