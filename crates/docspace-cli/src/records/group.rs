//! The printed fields of people groups and room groups.

use docspace::people::{PeopleGroup, Profile};
use docspace::rooms::RoomGroup;
use serde_json::json;

use crate::output::{Field, Record};

/// A people group as it is printed.
pub(crate) struct PeopleGroupRecord(pub(crate) PeopleGroup);

impl Record for PeopleGroupRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|group| json!(group.0.id)),
        Field::<Self>::column("name", |group| json!(group.0.name)).priority(90),
        Field::<Self>::column("size", |group| json!(group.0.members_count)).never_cut().priority(60),
        Field::<Self>::column("manager", |group| json!(group.0.manager.as_ref().map(address))).never_cut(),
        Field::detail("people", |group| {
            json!(group.0.members.as_ref().map(|people| people.iter().map(address).collect::<Vec<_>>()))
        }),
    ];
}

/// Returns the e-mail address of a person or, if there is none, the name.
fn address(person: &Profile) -> &str {
    person.email.as_deref().unwrap_or(&person.display_name)
}

/// A room group as it is printed.
pub(crate) struct RoomGroupRecord(pub(crate) RoomGroup);

impl Record for RoomGroupRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|group| json!(group.0.id)),
        Field::<Self>::column("name", |group| json!(group.0.name)).priority(90),
        Field::<Self>::column("size", |group| json!(group.0.total_rooms)).never_cut().priority(60),
        Field::<Self>::column("icon", |group| json!(group.0.icon.id)).never_cut(),
        Field::detail("rooms", |group| {
            json!(group.0.rooms.as_ref().map(|rooms| rooms.iter().map(|room| &room.id).collect::<Vec<_>>()))
        }),
    ];
}
