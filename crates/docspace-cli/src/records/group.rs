//! The printed fields of people groups and room groups.

use docspace::people::{PeopleGroup, Profile};
use docspace::rooms::RoomGroup;

use crate::output::{Field, Id, Record};

/// A people group as it is printed.
pub(crate) struct PeopleGroupRecord(pub(crate) PeopleGroup);

impl Record for PeopleGroupRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the people group", &|group| group.0.id.0),
        Field::<Self>::column("name", "Name", &|group| group.0.name.clone()).priority(90),
        Field::<Self>::column("size", "Number of people", &|group| group.0.members_count).never_cut().priority(60),
        Field::<Self>::column("manager", "E-mail address of the manager, or the name if there is none", &|group| {
            group.0.manager.as_ref().map(address)
        })
        .never_cut(),
        Field::<Self>::detail(
            "people",
            "E-mail addresses of the people, or their names; null unless a single group is read",
            &|group| group.0.members.as_ref().map(|people| people.iter().map(address).collect::<Vec<_>>()),
        ),
    ];
}

/// Returns the e-mail address of a person or, if there is none, the name.
fn address(person: &Profile) -> String {
    person.email.as_ref().unwrap_or(&person.display_name).clone()
}

/// A room group as it is printed.
pub(crate) struct RoomGroupRecord(pub(crate) RoomGroup);

impl Record for RoomGroupRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the room group", &|group| group.0.id.0),
        Field::<Self>::column("name", "Name", &|group| group.0.name.clone()).priority(90),
        Field::<Self>::column("size", "Number of rooms", &|group| group.0.total_rooms).never_cut().priority(60),
        Field::<Self>::column("icon", "Id of the picture, as in `docspace covers list`", &|group| {
            group.0.icon.id.clone()
        })
        .never_cut(),
        Field::<Self>::detail("rooms", "Ids of the rooms; null unless a single group is read", &|group| {
            group.0.rooms.as_ref().map(|rooms| rooms.iter().map(|room| Id::from(&room.id)).collect::<Vec<_>>())
        }),
    ];
}
