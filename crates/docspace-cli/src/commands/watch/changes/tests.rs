use serde_json::{Value, json};

use super::*;

const LINK: &str = "be602fd2-1fa5-48de-bd36-20ca3cd6e494";
const ANN: &str = "66faa6e4-f133-11ea-b126-00ffeec8b4ef";

fn item(name: &str, access: &str) -> Item {
    Item { name: name.to_owned(), details: [("access".to_owned(), json!(access))].into() }
}

fn with_link(item: Item) -> Snapshot {
    Snapshot { links: [(LINK.to_owned(), item)].into(), ..Snapshot::default() }
}

fn with_tags(tags: &[&str]) -> Snapshot {
    Snapshot { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..Snapshot::default() }
}

fn person(id: &str, name: &str) -> Value {
    json!({
        "id": id, "displayName": name, "avatar": "", "avatarOriginal": "", "avatarMax": "", "avatarMedium": "",
        "avatarSmall": "", "profileUrl": "", "hasAvatar": false, "isAnonim": false,
    })
}

/// An event of the history by Bob.
fn event(second: u32, action: AuditAction, data: &Value) -> HistoryEvent {
    let bob = person("771cd103-647c-4040-a388-cb344b514249", "Bob");
    serde_json::from_value(json!({
        "id": second, "action": {"id": action.number(), "key": action.to_string()}, "initiator": bob,
        "date": format!("2026-11-28T03:01:{second:02}.0000000Z"), "data": data,
    }))
    .expect("an event")
}

fn kinds(found: &[Found]) -> Vec<(EventKind, Option<&str>)> {
    found.iter().map(|change| (change.kind, change.by.as_deref())).collect()
}

#[test]
fn change_in_the_lists_takes_the_person_from_the_history_and_comes_once() {
    let created = event(2, AuditAction::RoomExternalLinkCreated, &json!({"id": LINK, "title": "ext"}));
    let mut late = Vec::new();
    let found = between(&Snapshot::default(), &with_link(item("ext", "read")), &[created], &mut late);
    assert_eq!(kinds(&found), [(EventKind::LinkCreated, Some("Bob"))]);
    assert_eq!(late, []);
}

/// The history has no change of the access of a link.
#[test]
fn change_that_the_history_lacks_is_found_with_its_values() {
    let mut late = Vec::new();
    let found = between(&with_link(item("ext", "read")), &with_link(item("ext", "editing")), &[], &mut late);
    assert_eq!(kinds(&found), [(EventKind::LinkChanged, None)]);
    assert_eq!(found[0].changes["access"], Change { from: json!("read"), to: json!("editing") });
}

#[test]
fn event_that_the_portal_writes_late_is_not_a_second_change() {
    let (before, now) = (Snapshot::default(), with_link(item("ext", "read")));
    let mut late = Vec::new();
    assert_eq!(between(&before, &now, &[], &mut late).len(), 1);
    let created = event(2, AuditAction::RoomExternalLinkCreated, &json!({"id": LINK, "title": "ext"}));
    assert_eq!(between(&now, &now, &[created], &mut late).len(), 0);
    assert_eq!(late, []);
}

#[test]
fn waiting_for_a_late_event_ends() {
    let (before, now) = (Snapshot::default(), with_link(item("ext", "read")));
    let mut late = Vec::new();
    between(&before, &now, &[], &mut late);
    for _ in 0..LATEST {
        between(&now, &now, &[], &mut late);
    }
    assert_eq!(late, []);
}

/// A link that was created and deleted, and a member who was added and removed, between two looks.
#[test]
fn change_that_was_undone_in_between_is_found_in_the_history() {
    let link = json!({"id": LINK, "title": "ext"});
    let ann = json!({"user": person(ANN, "Ann"), "access": "Viewer"});
    let history = [
        event(1, AuditAction::RoomExternalLinkCreated, &link),
        event(2, AuditAction::RoomCreateUser, &ann),
        event(3, AuditAction::RoomExternalLinkDeleted, &json!({"title": "ext"})),
        event(4, AuditAction::RoomRemoveUser, &ann),
    ];
    let found = between(&Snapshot::default(), &Snapshot::default(), &history, &mut Vec::new());
    let kinds: Vec<_> = found.iter().map(|change| change.kind).collect();
    assert_eq!(
        kinds,
        [EventKind::LinkCreated, EventKind::MemberAdded, EventKind::LinkRevoked, EventKind::MemberRemoved]
    );
}

/// A portal writes all tags of the room as removed and all new ones as added.
#[test]
fn tags_that_stay_are_not_changes() {
    let history = [
        event(1, AuditAction::DeletedRoomTags, &json!({"tags": ["one", "two"]})),
        event(2, AuditAction::AddedRoomTags, &json!({"tags": ["two", "three"]})),
    ];
    let found = between(&with_tags(&["one", "two"]), &with_tags(&["two", "three"]), &history, &mut Vec::new());
    assert_eq!(kinds(&found), [(EventKind::TagRemoved, Some("Bob")), (EventKind::TagAdded, Some("Bob"))]);
    assert_eq!((&*found[0].id, &*found[1].id), ("one", "three"));
}
