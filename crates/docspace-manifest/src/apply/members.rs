//! Changes members.

use docspace::RoomHandle;
use docspace::members::{Invitee, MemberId};

use super::failure::ApplyError;
use crate::plan::{Action, Who};

/// Whether the changes can be sent one by one if all of them together fail. The library reports
/// unknown people and impossible accesses before it changes anything.
pub(super) fn can_be_split(actions: &[&Action]) -> bool {
    actions.len() > 1 && matches!(actions[0], Action::Give { .. } | Action::RemoveMember { .. })
}

/// Makes several changes of members in one call.
pub(super) async fn set(room: &RoomHandle, actions: &[&Action], invite_unknown: bool) -> Result<(), ApplyError> {
    let members = room.members();
    // A plan has the ids of people and people groups that were read for it.
    let mut set = members.set().known_ids();
    for action in actions {
        set = match action {
            Action::Give { member, access, .. } => set.give(invitee(member), (*access).into()),
            Action::RemoveMember { member, .. } => set.remove(invitee(member)),
            _ => set,
        };
    }
    if invite_unknown {
        set = set.invite_unknown();
    }
    // What changed is what the plan says.
    drop(set.send().await?);
    Ok(())
}

fn invitee(member: &Who) -> Invitee {
    match member.id {
        Some(id) => MemberId(id).into(),
        None => member.name.as_str().into(),
    }
}
