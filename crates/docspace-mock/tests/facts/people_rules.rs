//! Finding and inviting people (docs/portal/people.md).

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, EDITING, READ};

/// A portal with five more people of the same last name, of whom the last is disabled.
fn with_people() -> Fixture {
    let mut fixture = Fixture::new();
    for (name, kind) in
        [("Anna", "User"), ("Bert", "RoomAdmin"), ("Cleo", "DocSpaceAdmin"), ("Dora", "Guest"), ("Emil", "User")]
    {
        let email = format!("{}@example.com", name.to_lowercase());
        let body =
            json!({"email": email, "firstName": name, "lastName": "Findable", "type": kind, "password": "Passw0rd11"});
        let made = fixture.ok("owner", "POST", "people/active", body);
        if name == "Emil" {
            fixture.ok("owner", "PUT", "people/status/Terminated", json!({"userIds": [made["id"]]}));
        }
    }
    fixture
}

/// The first letters of the first names in the answer to this call.
#[track_caller]
fn letters(fixture: &mut Fixture, person: &str, path: &str) -> String {
    let people = fixture.ok(person, "GET", path, Value::Null);
    let people = people.as_array().expect("people").iter();
    people.map(|one| one["displayName"].as_str().and_then(|name| name.get(..1)).unwrap_or_default()).collect()
}

#[test]
fn people_are_found_by_every_filter() {
    let mut fixture = with_people();
    for (query, found) in [
        ("", "ABCDE"),
        ("&employeeStatus=", "ABCDE"),
        ("&employeeStatus=Active", "ABCD"),
        ("&employeeStatus=Default", "ABCD"),
        ("&employeeStatus=terminated", "E"),
        ("&employeeTypes=1&employeeTypes=3", "BC"),
        ("&isAdministrator=true", "C"),
        ("&isAdministrator=false", "ABCDE"),
        ("&payments=Paid", "BC"),
        ("&payments=1", "ADE"),
        ("&accountLoginType=0", ""),
        ("&accountLoginType=2", "ABCDE"),
        ("&quotaFilter=2", ""),
        ("&area=People", "ABCE"),
        ("&area=Guests", "D"),
        ("&excludeGroup=true", "ABCDE"),
        ("&startIndex=-1&count=2", "AB"),
        ("&sortBy=displayname&sortOrder=descending", "DCBAE"),
        ("&sortBy=email&sortOrder=descending", "EDCBA"),
        ("&sortBy=type", "CBAED"),
        ("&sortBy=nope", "ABCDE"),
    ] {
        assert_eq!(
            letters(&mut fixture, "owner", &format!("people/filter?filterValue=Findable{query}")),
            found,
            "{query}"
        );
    }
    for (text, found) in [
        ("findable%20ANNA", "A"),
        ("anna%40example", "A"),
        ("%25", ""),
        ("Anna,Bert", ""),
        ("Anna,Bert&filterSeparator=,", "AB"),
    ] {
        assert_eq!(letters(&mut fixture, "owner", &format!("people/filter?filterValue={text}")), found, "{text}");
    }
    let (status, answer) = fixture.call("owner", "GET", "people/filter?employeeTypes=nope", Value::Null);
    assert_eq!(
        (status, &answer["response"]["errors"]["employeeTypes"][0]),
        (400, &json!("The value 'nope' is not valid."))
    );
}

#[test]
fn room_admins_see_no_disabled_people_and_no_guests_of_others() {
    let mut fixture = with_people();
    assert_eq!(letters(&mut fixture, "ann", "people/filter?filterValue=Findable"), "ABC");
    assert_eq!(letters(&mut fixture, "ann", "people/simple/filter?filterValue=Findable"), "ABC");
    let guest = fixture.id("guest");
    assert_eq!(fixture.call("ann", "GET", &format!("people/{guest}"), Value::Null).0, 403);
    assert_eq!(fixture.call("user", "GET", "people/filter", Value::Null).0, 403);
}

#[test]
fn searches_answer_full_records_by_id_and_count_as_one_value() {
    let mut fixture = with_people();
    for path in
        ["people/@search/Findable", "people/search?query=Findable", "people/status/Active/search?query=Findable"]
    {
        let (_, answer) = fixture.call("owner", "GET", path, Value::Null);
        let people = answer["response"].as_array().expect("people");
        assert_eq!((people.len(), &answer["count"], answer.get("total")), (4, &json!(1), None), "{path}");
        assert!(people.is_sorted_by_key(|one| one["id"].as_str()) && people[0].get("email").is_some());
    }
}

#[test]
fn one_person_is_found_by_id_user_name_and_address() {
    let mut fixture = Fixture::new();
    let read = |fixture: &mut Fixture, path: &str| fixture.call("owner", "GET", path, Value::Null);
    assert_eq!(read(&mut fixture, "people/user").1["response"]["email"], "user@example.com");
    assert_eq!(read(&mut fixture, "people/user@example.com").0, 404);
    assert_eq!(
        read(&mut fixture, "people/exists?email=USER@example.com").1["response"],
        json!({"exists": true, "status": 1})
    );
    assert_eq!(read(&mut fixture, "people/exists?email=no@example.com").1["response"], json!({"exists": false}));
    for path in ["people/email", "people/exists"] {
        let (status, answer) = read(&mut fixture, &format!("{path}?email=unknown"));
        assert_eq!((status, answer["response"]["errors"]["email"].is_array()), (400, true));
        let (status, answer) = read(&mut fixture, &format!("{path}?email="));
        assert_eq!((status, &answer["error"]["message"]), (400, &json!("Value cannot be null. (Parameter 'email')")));
    }
}

#[test]
fn people_for_a_room_are_marked_as_members_if_they_were_invited_by_name() {
    let mut fixture = Fixture::new();
    let room = fixture.room(CUSTOM);
    assert_eq!(fixture.share(room, "user", READ), 200);
    let body = json!({"groupName": "Group", "members": [fixture.id("admin")]});
    let group = fixture.ok("owner", "POST", "group", body)["id"].clone();
    let invitation = json!({"invitations": [{"id": group, "access": EDITING}]});
    fixture.ok("owner", "PUT", &format!("files/rooms/{room}/share"), invitation);
    let people = fixture.ok("owner", "GET", &format!("people/room/{room}"), Value::Null);
    let marked: Vec<&str> = people
        .as_array()
        .expect("people")
        .iter()
        .filter(|one| one["shared"] == true)
        .filter_map(|one| one["userName"].as_str())
        .collect();
    assert_eq!(marked, ["administrator", "user"]);
    assert_eq!(letters(&mut fixture, "user", &format!("people/room/{room}?includeShared=true")), "AU");
    assert_eq!(letters(&mut fixture, "user", &format!("people/room/{room}?excludeShared=true")), "AA", "no guests");
    assert_eq!(fixture.ok("owner", "GET", &format!("group/room/{room}"), Value::Null)[0]["shared"], true);
    for person in ["ann", "guest"] {
        assert_eq!(fixture.call(person, "GET", &format!("people/room/{room}"), Value::Null).0, 403);
    }
}

#[test]
fn invitations_raise_types_of_pending_people_and_lower_none() {
    let mut fixture = Fixture::new();
    let role = |fixture: &mut Fixture, kind: Value| {
        let body = json!({"invitations": [{"email": " new@example.com ", "type": kind}]});
        let (status, _) = fixture.call("owner", "POST", "people/invite", body);
        let person = fixture.call("owner", "GET", "people/email?email=new@example.com", Value::Null).1;
        (status, person["response"]["isRoomAdmin"] == true, person["response"]["status"].clone())
    };
    assert_eq!(role(&mut fixture, json!("Guest")), (403, false, Value::Null));
    assert_eq!(role(&mut fixture, json!(99)), (500, false, Value::Null));
    assert_eq!(role(&mut fixture, json!("user")), (200, false, json!(4)));
    assert_eq!(role(&mut fixture, json!("All")), (200, true, json!(4)), "no type means a room admin");
    assert_eq!(role(&mut fixture, json!("User")), (200, true, json!(4)));
}

#[test]
fn invitation_lists_everyone_whom_the_caller_sees_without_the_owner() {
    let mut fixture = Fixture::new();
    let invite = json!({"invitations": [{"email": "new@example.com", "type": "User"}]});
    let (_, answer) = fixture.call("ann", "POST", "people/invite", invite);
    assert_eq!(answer["count"], 4, "admin, ann, user and the new person: {answer}");
    for (body, message) in [
        (json!({"invitations": [{"email": "a@b", "type": "User"}]}), "Incorrect email"),
        (json!({"invitations": [{"type": "User"}]}), "Incorrect email"),
    ] {
        let (status, answer) = fixture.call("owner", "POST", "people/invite", body);
        assert_eq!((status, &answer["error"]["message"]), (400, &json!(message)));
    }
    let (status, answer) = fixture.call("owner", "POST", "people/invite", json!({}));
    assert_eq!(
        (status, &answer["response"]["errors"]["Invitations"][0]),
        (400, &json!("The Invitations field is required."))
    );
}
