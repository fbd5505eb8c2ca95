//! The plan as data.

use std::collections::BTreeSet;

use docspace::RoomId;
use serde::{Deserialize, Serialize};

use super::action::{Action, Sign};
use crate::names::TypeName;
use crate::problem::{Place, Problem};

/// What differs between the wanted and the actual state. Two plans are equal if they would do the
/// same, so a saved plan is still right if a new one is equal to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Plan {
    /// The name of the manifest.
    pub manifest: String,
    /// What each room of the manifest needs, in the order of the files.
    pub rooms: Vec<RoomPlan>,
    /// The addresses of new members who have no account on the portal. The plan is applied only if
    /// [they may be invited](crate::apply::ApplyOptions::invite_unknown).
    pub without_account: BTreeSet<String>,
    /// Why the plan must not be applied.
    pub problems: Vec<Problem>,
}

/// What a room needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RoomPlan {
    /// The title that the room has in the end.
    pub title: String,
    /// The type of the room.
    pub room_type: TypeName,
    /// The id of the room. `None` for a room that is to be created.
    pub id: Option<RoomId>,
    /// Where the room is in the files.
    pub place: Option<Place>,
    /// The actions, in the order in which they are safe.
    pub actions: Vec<Action>,
    /// What is as it should be, such as `quota` or `member ann@acme.com`.
    pub unchanged: Vec<String>,
    /// Members, tags, links and room groups that the manifest does not list, and that stay. Folders
    /// are not among them: they are for people to create.
    pub not_managed: Vec<Extra>,
    /// What a person should know about the room.
    pub notes: Vec<String>,
}

/// Something that the manifest does not list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extra {
    /// What it is, such as `tag audit`.
    pub name: String,
    /// Whether it is a link that this manifest made.
    pub own: bool,
}

impl Extra {
    /// The name, the room if it is given, and whether this manifest made it.
    pub(super) fn described(&self, room: Option<&str>) -> String {
        let room = room.map(|title| format!(" of `{title}`")).unwrap_or_default();
        format!("{}{room}{}", self.name, if self.own { " (made by this manifest)" } else { "" })
    }
}

/// How many things a plan adds, changes, removes and leaves alone. A thing is a room, a setting, a
/// tag, a folder, a member, a link, or the place of a room in a room group or in the archive. What
/// a plan adds or changes is unchanged in the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// What is new.
    pub add: usize,
    /// What is changed.
    pub change: usize,
    /// What is taken away.
    pub remove: usize,
    /// What is as it should be.
    pub unchanged: usize,
    /// What the manifest does not list.
    pub not_managed: usize,
}

impl Plan {
    /// Whether the actual state differs from the wanted one.
    pub fn differs(&self) -> bool {
        self.rooms.iter().any(|room| !room.actions.is_empty())
    }

    /// The number of things that the plan adds, changes and removes.
    pub fn change_count(&self) -> usize {
        self.rooms.iter().flat_map(|room| &room.actions).map(Action::count).sum()
    }

    /// Counts what the plan does.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for room in &self.rooms {
            counts.unchanged += room.unchanged.len();
            counts.not_managed += room.not_managed.len();
            for action in &room.actions {
                let count = match action.sign() {
                    Sign::Add => &mut counts.add,
                    Sign::Change => &mut counts.change,
                    Sign::Remove => &mut counts.remove,
                };
                *count += action.count();
            }
        }
        counts
    }
}
