//! Guests (docs/portal/people.md#guests).

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, READ};

/// The id of a guest whom this person has invited into a room.
fn invited_by(fixture: &mut Fixture, person: &str, email: &str) -> String {
    let room = fixture.room_of(person, json!({"title": "Of guests", "roomType": CUSTOM}));
    let body = json!({"invitations": [{"email": email, "access": READ}]});
    fixture.ok(person, "PUT", &format!("files/rooms/{room}/share"), body);
    let found = fixture.ok("owner", "GET", &format!("people/email?email={email}"), Value::Null);
    found["id"].as_str().expect("an id").to_owned()
}

#[test]
fn guests_are_deleted_by_admins_and_by_those_who_invited_them() {
    let mut fixture = Fixture::new();
    let own = invited_by(&mut fixture, "ann", "own@example.com");
    let other = invited_by(&mut fixture, "owner", "other@example.com");
    let (user, nil) = (fixture.id("user"), "00000000-0000-0000-0000-000000000000");
    let mut delete =
        |person: &str, ids: Value| fixture.call(person, "DELETE", "people/guests", json!({"userIds": ids}));
    assert_eq!(delete("user", json!([own])).0, 403);
    assert_eq!(delete("ann", json!([own, other])).0, 403, "one of them is another person's guest");
    assert_eq!(delete("owner", json!([own, user])).0, 403, "a user is no guest");
    assert_eq!(delete("owner", json!([own, nil])).0, 403, "an unknown id");
    assert_eq!(delete("owner", json!([])).0, 200);
    assert_eq!(delete("owner", Value::Null).0, 400);
    assert_eq!(delete("ann", json!([own])).0, 200);
    assert_eq!(delete("owner", json!([own])).0, 403, "the guest is deleted");
    assert_eq!(delete("admin", json!([other])).0, 200);
    assert_eq!(fixture.call("owner", "GET", &format!("people/{other}"), Value::Null).0, 404);
}

#[test]
fn link_that_shares_a_guest_is_for_admins() {
    let mut fixture = Fixture::new();
    let (guest, user) = (fixture.id("guest"), fixture.id("user"));
    let mut link = |person: &str, id: &str| {
        let (status, body) = fixture.call(person, "GET", &format!("people/guests/{id}/share"), Value::Null);
        (status, body["error"]["message"].as_str().map(str::to_owned))
    };
    assert_eq!(link("admin", &guest).0, 200);
    assert_eq!(link("ann", &guest).0, 403);
    assert_eq!(link("owner", &user), (400, Some("User is not a guest".into())));
    let unknown = "11111111-2222-3333-4444-555555555555";
    assert_eq!(link("owner", unknown), (404, Some("User not found".into())));
    assert_eq!(fixture.call("owner", "POST", "people/guests/share/approve", json!({})).0, 403);
    assert_eq!(fixture.call("", "POST", "people/guests/share/approve", json!({})).0, 401);
}

#[test]
fn guest_becomes_a_user_and_not_the_other_way_round() {
    let mut fixture = Fixture::new();
    let people = json!({"userIds": [fixture.id("guest")]});
    assert_eq!(fixture.ok("owner", "PUT", "people/type/User", people.clone())[0]["isCollaborator"], true);
    assert_eq!(fixture.call("owner", "PUT", "people/type/Guest", people).0, 403);
}

#[test]
fn room_admin_does_not_find_the_guests_of_others() {
    let mut fixture = Fixture::new();
    let guest = invited_by(&mut fixture, "owner", "other@example.com");
    assert_eq!(fixture.call("ann", "GET", "people/filter?filterValue=other@", Value::Null).1["total"], 0);
    assert_eq!(fixture.call("ann", "GET", &format!("people/{guest}"), Value::Null).0, 403);
    let room = fixture.room_of("ann", json!({"title": "Room", "roomType": CUSTOM}));
    let body = json!({"invitations": [{"id": guest, "access": READ}]});
    let shared = fixture.ok("ann", "PUT", &format!("files/rooms/{room}/share"), body);
    assert_eq!(shared["members"], json!([]), "the guest is not invited");
    let (_, members) = fixture.call("owner", "GET", &format!("files/rooms/{room}/share"), Value::Null);
    assert_eq!(members["total"], 1);
}
