//! Changes of the members of a room.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::call::Call;
use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::rooms::{Member, Room};
use crate::state::trail::Change;
use crate::state::trail::action::Action;
use crate::wire::form::Form;

/// The word for an access level, in English. The recordings show five of them: `Viewer`, `Editor`,
/// `Room Manager`, `Content Creator`, and none for no access.
pub(crate) fn role(access: Access) -> &'static str {
    match access {
        Access::READ => "Viewer",
        Access::REVIEW => "Reviewer",
        Access::COMMENT => "Commenter",
        Access::FILL_FORMS => "Form Filler",
        Access::CUSTOM_FILTER => "Custom Filter",
        Access::ROOM_MANAGER => "Room Manager",
        Access::EDITING => "Editor",
        Access::CONTENT_CREATOR => "Content Creator",
        Access::READ_WRITE => "Full Access",
        _ => "",
    }
}

/// The events of a person, and those of a people group.
struct Actions {
    added: [Action; 2],
    changed: [Action; 2],
    removed: [Action; 2],
}

const ACTIONS: Actions = Actions {
    added: [Action::ROOM_CREATE_USER, Action::ROOM_GROUP_ADDED],
    changed: [Action::ROOM_UPDATE_ACCESS_FOR_USER, Action::ROOM_UPDATE_ACCESS_FOR_GROUP],
    removed: [Action::ROOM_REMOVE_USER, Action::ROOM_GROUP_REMOVE],
};

/// What a call changed in the members of a room: one event for each member.
pub(super) fn changes(portal: &Portal, before: &[Member], room: &Room) -> Vec<Change> {
    let of = |members: &[Member], subject: Uuid| members.iter().find(|member| member.subject == subject).cloned();
    let mut all = Vec::new();
    for member in &room.members {
        let access = json!({"access": member.access});
        match of(before, member.subject) {
            None => all.push(change(portal, room, member, ACTIONS.added, access)),
            Some(known) if known.access != member.access => {
                let access = json!({"access": member.access, "oldAccess": known.access});
                all.push(change(portal, room, member, ACTIONS.changed, access));
            }
            Some(_) => {}
        }
    }
    for member in before.iter().filter(|member| of(&room.members, member.subject).is_none()) {
        all.push(change(portal, room, member, ACTIONS.removed, json!({})));
    }
    all
}

fn change(portal: &Portal, room: &Room, member: &Member, [person, group]: [Action; 2], mut data: Value) -> Change {
    let (action, name) = if member.is_group {
        let name = portal.group_name(member.subject);
        data["group"] = json!({"id": member.subject, "name": name, "isSystem": false});
        (group, name)
    } else {
        data["user"] = json!(member.subject);
        (person, portal.people.get(member.subject).map(|person| person.display_name()).unwrap_or_default())
    };
    Change::of_room(action, room).words(&[&name, role(member.access)]).noted_in(room.id, data)
}

/// The invitations that a call sent again.
pub(super) fn resent(call: &Call<'_>, room: i64) -> Vec<Change> {
    let Some(room) = call.portal.rooms.get(room) else { return Vec::new() };
    let form = Form::open(call.request, "", "").ok();
    let Some(mut form) = form else { return Vec::new() };
    let (named, all) = (form.guids("usersIds").unwrap_or_default(), form.boolean("resendAll").unwrap_or(false));
    let is_meant = |member: &&Member| !member.is_group && (all || named.contains(&member.subject));
    let event = |member: &Member| {
        let name = call.portal.people.get(member.subject).map(|person| person.display_name()).unwrap_or_default();
        let change = Change::of_room(Action::ROOM_INVITE_RESEND, room).words(&[&name]);
        change.noted_in(room.id, json!({"user": member.subject}))
    };
    room.members.iter().filter(is_meant).map(event).collect()
}
