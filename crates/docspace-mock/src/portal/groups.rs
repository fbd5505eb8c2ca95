//! People groups and room groups.

use uuid::Uuid;

use crate::collation::fold;
use crate::portal::Portal;
use crate::state::groups::{EVERYONE, PeopleGroup};

impl Portal {
    /// Whether a person belongs to a people group. Every person belongs to Everyone.
    pub(crate) fn is_in_group(&self, person: Uuid, group: Uuid) -> bool {
        group == EVERYONE || self.people_groups.iter().any(|one| one.id == group && one.members.contains(&person))
    }

    pub(crate) fn is_group(&self, id: Uuid) -> bool {
        id == EVERYONE || self.people_groups.iter().any(|group| group.id == id)
    }

    pub(crate) fn group_name(&self, id: Uuid) -> String {
        if id == EVERYONE {
            return "Everyone".into();
        }
        self.people_groups.iter().find(|group| group.id == id).map(|group| group.name.clone()).unwrap_or_default()
    }

    /// The people groups of a person by name, without Everyone.
    pub(crate) fn groups_with(&self, person: Uuid) -> impl Iterator<Item = &PeopleGroup> {
        let mut groups: Vec<&PeopleGroup> =
            self.people_groups.iter().filter(|group| group.members.contains(&person)).collect();
        groups.sort_by_cached_key(|group| (fold(&group.name), group.id));
        groups.into_iter()
    }

    /// The names of a person's people groups, as the field `department` contains them.
    pub(crate) fn departments(&self, person: Uuid) -> String {
        self.groups_with(person).map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Removes a deleted room from all room groups.
    pub(crate) fn remove_from_groups(&mut self, room: i64) {
        for group in &mut self.room_groups {
            group.rooms.retain(|id| *id != room);
        }
    }
}
