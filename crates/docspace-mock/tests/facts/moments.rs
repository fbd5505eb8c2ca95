//! Which dates have a fraction of a second.

use std::time::Duration;

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, EXTERNAL, READ};

/// The digits after the seconds.
fn fraction(date: &Value) -> &str {
    date.as_str().and_then(|date| date.split_once('.')).expect("a fraction").1
}

#[test]
fn only_changes_of_the_logo_return_the_moment_and_reads_round_it() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    fixture.portal.advance(Duration::from_millis(3_700));
    let cover = |fixture: &mut Fixture| {
        fixture.ok("owner", "POST", &format!("files/rooms/{room}/cover"), json!({"color": "FF0000"}))["updated"].take()
    };
    assert_eq!(cover(&mut fixture), "2026-11-21T08:00:03.7000000Z");
    assert_eq!(fixture.read("owner", room)["updated"], "2026-11-21T08:00:04.0000000Z");
    assert_eq!(fraction(&cover(&mut fixture)), "0000000Z", "the same color again changes nothing");
    let logo = fixture.ok("owner", "DELETE", &format!("files/rooms/{room}/logo"), Value::Null);
    assert_eq!(fraction(&logo["updated"]), "0000000Z", "the room has no logo");
    let renamed = fixture.ok("owner", "PUT", &format!("files/rooms/{room}"), json!({"title": "Plans"}));
    assert_eq!(fraction(&renamed["updated"]), "0000000Z");
}

#[test]
fn room_is_never_updated_before_it_was_created() {
    let mut fixture = Fixture::new();
    fixture.portal.advance(Duration::from_millis(600));
    let room = fixture.room(CUSTOM);
    fixture.portal.advance(Duration::from_millis(100));
    let changed = fixture.ok("owner", "POST", &format!("files/rooms/{room}/cover"), json!({"color": "FF0000"}));
    assert_eq!(changed["created"], "2026-11-21T08:00:01.0000000Z", "rounded up");
    assert_eq!(changed["updated"], changed["created"]);
}

#[test]
fn write_of_a_link_returns_the_fraction_of_its_expiry_and_reads_round_it() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    let link = json!({"linkType": EXTERNAL, "access": READ, "expirationDate": "2031-03-04T05:06:07.6Z"});
    let made = fixture.ok("owner", "PUT", &format!("files/rooms/{room}/links"), link);
    assert_eq!(made["sharedLink"]["expirationDate"], "2031-03-04T05:06:07.6000000Z");
    let links = fixture.ok("owner", "GET", &format!("files/rooms/{room}/links"), Value::Null);
    assert_eq!(links[0]["sharedLink"]["expirationDate"], "2031-03-04T05:06:08.0000000Z");
}

#[test]
fn new_account_has_the_moment_of_its_registration_and_reads_round_it() {
    let mut fixture = Fixture::new();
    fixture.portal.advance(Duration::from_millis(1_200));
    let account = json!({
        "email": "new@example.com", "firstName": "New", "lastName": "Person", "password": "Passw0rd11", "type": "User",
    });
    let made = fixture.ok("owner", "POST", "people/active", account);
    assert_eq!(made["registrationDate"], "2026-11-21T08:00:01.2000000Z");
    let id = made["id"].as_str().expect("an id");
    let read = fixture.ok("owner", "GET", &format!("people/{id}"), Value::Null);
    assert_eq!(read["registrationDate"], "2026-11-21T08:00:01.0000000Z");
}
