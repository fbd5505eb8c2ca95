//! People groups (docs/portal/people.md#people-groups).

use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::{CUSTOM, READ};

#[track_caller]
fn group(fixture: &mut Fixture, body: Value) -> String {
    fixture.ok("owner", "POST", "group", body)["id"].as_str().expect("an id").to_owned()
}

#[test]
fn new_groups_need_a_name_and_people_who_may_join() {
    let mut fixture = Fixture::new();
    let (guest, unknown) = (fixture.id("guest"), "99999999-9999-9999-9999-999999999999");
    for (body, key) in [
        (json!({}), "$"),
        (json!({"groupName": ""}), "GroupName"),
        (json!({"groupName": "n".repeat(129)}), "GroupName"),
        (json!({"groupName": "G", "groupManager": null}), "$.groupManager"),
        (json!({"groupName": "G", "members": [null]}), "$.members[0]"),
    ] {
        let (status, answer) = fixture.call("owner", "POST", "group", body);
        assert_eq!((status, answer["response"]["errors"][key].is_array()), (400, true), "{key}: {answer}");
    }
    for (body, message) in [
        (json!({"groupName": null}), "Value cannot be null. (Parameter 'inDto.GroupName')"),
        (json!({"groupName": "G", "groupManager": guest}), "The user could not be found"),
        (json!({"groupName": "G", "members": [unknown]}), "The user could not be found"),
    ] {
        let (status, answer) = fixture.call("owner", "POST", "group", body);
        assert_eq!((status, &answer["error"]["message"]), (400, &json!(message)));
    }
    assert_eq!(fixture.call("ann", "POST", "group", json!({"groupName": "G"})).0, 403);
}

#[test]
fn changes_of_a_group_skip_people_who_may_not_join() {
    let mut fixture = Fixture::new();
    let [admin, user, guest] = ["admin", "user", "guest"].map(|person| fixture.id(person));
    let id = group(&mut fixture, json!({"groupName": "G", "groupManager": user}));
    let path = format!("group/{id}");
    let changed = fixture.ok("owner", "PUT", &path, json!({"groupName": "", "membersToAdd": [admin, guest]}));
    assert_eq!((&changed["name"], &changed["membersCount"]), (&json!(""), &json!(2)), "an empty name is stored");
    let changed = fixture.ok("owner", "PUT", &path, json!({"membersToRemove": [user]}));
    assert_eq!((changed.get("manager"), &changed["membersCount"]), (None, &json!(1)), "the manager left");
    let changed = fixture.ok("owner", "PUT", &format!("{path}/manager"), json!({"userId": guest}));
    assert_eq!(changed.get("manager"), None);
    let changed = fixture.ok("owner", "PUT", &format!("{path}/manager"), json!({"userId": user}));
    assert_eq!((&changed["manager"]["id"], &changed["membersCount"]), (&json!(user), &json!(2)));
}

#[test]
fn members_of_a_group_are_added_replaced_removed_and_moved() {
    let mut fixture = Fixture::new();
    let [admin, ann, user] = ["admin", "ann", "user"].map(|person| fixture.id(person));
    let (one, other) = (group(&mut fixture, json!({"groupName": "A"})), group(&mut fixture, json!({"groupName": "B"})));
    let path = format!("group/{one}/members");
    let call = |fixture: &mut Fixture, method: &str, body: Value| {
        let (status, answer) = fixture.call("owner", method, &path, body);
        (status, answer["response"]["membersCount"].as_i64())
    };
    assert_eq!(call(&mut fixture, "PUT", json!({"members": [admin, user, user]})), (200, Some(2)));
    assert_eq!(call(&mut fixture, "PUT", json!({})), (500, None));
    assert_eq!(call(&mut fixture, "POST", json!({"members": [ann]})), (200, Some(1)));
    assert_eq!(call(&mut fixture, "POST", json!({"members": []})), (400, None));
    assert_eq!(call(&mut fixture, "DELETE", json!({})), (200, Some(1)));
    let moved = fixture.ok("owner", "PUT", &format!("{path}/{other}"), Value::Null);
    assert_eq!((&moved["id"], &moved["membersCount"]), (&json!(other), &json!(1)));
    assert_eq!(fixture.ok("owner", "GET", &format!("group/user/{ann}"), Value::Null)[0]["name"], "B");
    assert_eq!(
        fixture.ok("ann", "GET", &format!("group/{one}?includeMembers=false"), Value::Null).get("members"),
        None
    );
    assert_eq!(fixture.call("user", "GET", "group", Value::Null).0, 403);
}

#[test]
fn groups_are_sorted_by_name_unless_the_query_asks_for_another_order() {
    let mut fixture = Fixture::new();
    let (ann, user) = (fixture.id("ann"), fixture.id("user"));
    group(&mut fixture, json!({"groupName": "B", "members": [user]}));
    group(&mut fixture, json!({"groupName": "A", "groupManager": user, "members": [ann]}));
    group(&mut fixture, json!({"groupName": "C"}));
    for (query, names) in
        [("", "ABC"), ("?sortOrder=descending", "CBA"), ("?sortBy=membersCount", "CBA"), ("?sortBy=nope", "ABC")]
    {
        let groups = fixture.ok("owner", "GET", &format!("group{query}"), Value::Null);
        let got: String = groups.as_array().expect("groups").iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(got, names, "{query}");
    }
}

#[test]
fn answers_about_members_name_their_people_groups() {
    let mut fixture = Fixture::new();
    let user = fixture.id("user");
    fixture.ok("owner", "POST", "group", json!({"groupName": "Auditors", "members": [user]}));
    let room = fixture.room(CUSTOM);
    let body = json!({"invitations": [{"id": user, "access": READ}]});
    let shared = fixture.ok("owner", "PUT", &format!("files/rooms/{room}/share"), body);
    assert_eq!(shared["members"][0]["sharedTo"]["groups"][0]["name"], "Auditors");
    assert_eq!(fixture.ok("user", "GET", "people/@self", Value::Null)["groups"][0]["name"], "Auditors");
}
