//! The printed fields of events: of a history, of the audit trail and of the login history.

use docspace::audit::{AuditEvent, LoginEvent};
use docspace::history::HistoryEvent;
use serde_json::{Map, Value, json};

use crate::output::{Field, Record, Tone, instant};

/// An event of a history as it is printed.
pub(crate) struct HistoryRecord(pub(crate) HistoryEvent);

impl Record for HistoryRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("time", "Time of the event", &|event| instant(event.0.date)).never_cut().priority(100),
        Field::<Self>::column("person", "Name of the person who did it", &|event| {
            event.0.initiator.display_name.clone()
        })
        .priority(70),
        Field::<Self>::column("action", "Name of the action, such as RoomCreated", &|event| event.0.action.key.clone())
            .never_cut()
            .priority(90),
        Field::<Self>::column(
            "what",
            "Subject of the action, such as a title or a person; null if there is none",
            &|event| what(&event.0),
        )
        .priority(80),
        Field::<Self>::detail("id", "Id of the event", &|event| event.0.id),
        Field::<Self>::detail("personId", "Id of the person who did it", &|event| event.0.initiator.id.0),
        Field::<Self>::detail("actionId", "Number of the action", &|event| event.0.action.id.number()),
        Field::<Self>::detail("data", "Details of the event, as the portal returns them", &|event| data(&event.0)),
    ];
}

/// The subject of an event for a person: a title, a change of a title, a member or tags.
fn what(event: &HistoryEvent) -> Option<String> {
    let data = event.data.as_ref()?;
    let title = data.new_title.as_ref().or(data.title.as_ref());
    if let (Some(old), Some(new)) = (&data.old_title, title) {
        return Some(format!("{old} → {new}"));
    }
    if let Some(tags) = &data.tags {
        return Some(tags.join(", "));
    }
    let group = data.group.as_ref().map(|group| &group.name);
    let subject = data.user.as_ref().map(|person| &person.display_name).or(group).or(title)?;
    Some(match (&data.old_access, &data.access) {
        (Some(old), Some(new)) => format!("{subject} ({old} → {new})"),
        (None, Some(access)) => format!("{subject} ({access})"),
        _ => subject.clone(),
    })
}

fn data(event: &HistoryEvent) -> Map<String, Value> {
    match json!(event.data) {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// An event of the audit trail as it is printed.
pub(crate) struct AuditEventRecord(pub(crate) AuditEvent);

impl Record for AuditEventRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("time", "Time of the event", &|event| instant(event.0.date)).never_cut().priority(100),
        Field::<Self>::column("person", "Name of the person who did it", &|event| event.0.user.clone()).priority(80),
        // The text is for people and the name is for programs, so a narrow table keeps the text.
        Field::<Self>::column("action", "Name of the action, such as RoomCreated", &|event| {
            event.0.action_id.to_string()
        })
        .never_cut()
        .priority(60),
        Field::<Self>::column("text", "What happened, in your language", &|event| event.0.action.clone()).priority(95),
        Field::<Self>::column("where", "Part of the portal and title of the room, such as `Rooms: Audit`", &|event| {
            event.0.context.clone()
        })
        .priority(90),
        Field::<Self>::detail("id", "Id of the event", &|event| event.0.id),
        Field::<Self>::detail("personId", "Id of the person who did it", &|event| event.0.user_id.0),
        Field::<Self>::detail("actionId", "Number of the action", &|event| event.0.action_id.number()),
        Field::<Self>::detail("type", "Type of the action, such as Create", &|event| event.0.action_type.to_string()),
        Field::<Self>::detail("location", "Part of the portal, such as Rooms", &|event| event.0.location.to_string()),
        Field::<Self>::detail("targets", "Ids of what was changed, such as that of the room", &|event| {
            event.0.target.clone().unwrap_or_default()
        }),
        Field::<Self>::detail("ip", "Address of the computer; null for background work", &|event| event.0.ip.clone()),
    ];
}

/// An entry of the login history as it is printed.
pub(crate) struct LoginEventRecord(pub(crate) LoginEvent);

impl Record for LoginEventRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("time", "Time of the login", &|entry| instant(entry.0.date)).never_cut().priority(100),
        Field::<Self>::column("person", "Name of the person, or the address that was tried", &|entry| {
            entry.0.user.clone()
        })
        .priority(90),
        Field::<Self>::column("action", "Name of the action, such as LoginSuccess", &|entry| {
            entry.0.action_id.to_string()
        })
        .never_cut()
        .priority(80)
        .tone(|entry| match entry.0.action_id.name().is_some_and(|name| name.starts_with("LoginFail")) {
            true => Tone::Bad,
            false => Tone::Plain,
        }),
        Field::<Self>::column("ip", "Address of the computer; null if it is not known", &|entry| entry.0.ip.clone())
            .never_cut()
            .priority(70),
        Field::<Self>::detail("id", "Id of the entry", &|entry| entry.0.id),
        Field::<Self>::detail("personId", "Id of the person; a placeholder after a failed login", &|entry| {
            entry.0.user_id.0
        }),
        Field::<Self>::detail("login", "Name or address with which the person signed in; null if unknown", &|entry| {
            entry.0.login.clone()
        }),
        Field::<Self>::detail("actionId", "Number of the action", &|entry| entry.0.action_id.number()),
        Field::<Self>::detail("text", "What happened, in your language", &|entry| entry.0.action.clone()),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(data: &Value) -> HistoryEvent {
        serde_json::from_value(json!({
            "id": 1, "action": {"id": 1, "key": "x"}, "date": "2026-11-28T03:01:02.0000000Z", "data": data,
            "initiator": {
                "id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef", "displayName": "Ann", "avatar": "",
                "avatarOriginal": "", "avatarMax": "", "avatarMedium": "", "avatarSmall": "", "profileUrl": "",
                "hasAvatar": false, "isAnonim": false,
            },
        }))
        .expect("an event")
    }

    #[test]
    fn subjects_show_what_changed() {
        let group = json!({"id": "66faa6e4-f133-11ea-b126-00ffeec8b4ef", "name": "Staff", "isSystem": false});
        for (data, expected) in [
            (json!({"oldTitle": "A", "newTitle": "B", "id": 7}), "A → B"),
            (json!({"oldTitle": "x", "title": "y", "id": "be602fd2"}), "x → y"),
            (json!({"tags": ["one", "two"]}), "one, two"),
            (json!({"title": "ext", "access": "Viewer"}), "ext (Viewer)"),
            (json!({"group": group, "access": "Editor", "oldAccess": "Viewer"}), "Staff (Viewer → Editor)"),
            (json!({"title": "a.txt", "parentTitle": "Audit"}), "a.txt"),
        ] {
            assert_eq!(what(&event(&data)).as_deref(), Some(expected), "{data}");
        }
        assert_eq!(what(&event(&json!({}))), None);
    }
}
