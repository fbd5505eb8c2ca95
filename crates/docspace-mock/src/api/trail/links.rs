//! Changes of the links of a room. The history of the room contains only some of those that the
//! audit trail contains (recording audit/room-history, steps 41 to 57).

use serde_json::json;

use crate::api::call::Call;
use crate::api::trail::members::role;
use crate::state::links::{Link, LinkKind};
use crate::state::rooms::Room;
use crate::state::trail::Change;
use crate::state::trail::action::Action;
use crate::wire::form::Form;

/// What a call changed in the links of a room. `is_write` is whether the call was one that writes a
/// link: it has an event even if the link stays as it was.
pub(super) fn changes(call: &Call<'_>, before: &[Link], room: &Room, is_write: bool) -> Vec<Change> {
    let form = Form::open(call.request, "", "").ok();
    let (sent, title) = match form {
        Some(mut form) if is_write => (form.guid("linkId"), form.text("title", None)),
        _ => (None, None),
    };
    let mut all = Vec::new();
    for link in before.iter().filter(|link| room.link(link.id).is_none()) {
        // The event has the title that was sent with the revocation (step 50).
        let title = title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&link.title);
        let change = plain(room, link, [Action::ROOM_INVITATION_LINK_DELETED, Action::ROOM_EXTERNAL_LINK_DELETED]);
        all.push(noted(change.words(&[title]), room, link, json!({"title": title})));
    }
    for link in &room.links {
        match before.iter().find(|known| known.id == link.id) {
            None => {
                let actions = [Action::ROOM_INVITATION_LINK_CREATED, Action::ROOM_EXTERNAL_LINK_CREATED];
                let data = json!({"title": link.title, "id": link.id, "access": link.access});
                all.push(noted(plain(room, link, actions), room, link, data));
            }
            Some(known) if is_write && sent == Some(link.id) => {
                if known.title != link.title && link.kind != LinkKind::Invitation {
                    let data = json!({"title": link.title, "oldTitle": known.title, "id": link.id});
                    let change = Change::of_room(Action::ROOM_EXTERNAL_LINK_RENAMED, room);
                    all.push(change.words(&[&known.title, &link.title]).noted_in(room.id, data));
                }
                all.push(plain(room, link, [Action::ROOM_INVITATION_LINK_UPDATED, Action::ROOM_EXTERNAL_LINK_UPDATED]));
            }
            Some(_) => {}
        }
    }
    all
}

/// The event of an invitation link or of an external link.
fn plain(room: &Room, link: &Link, [invitation, external]: [Action; 2]) -> Change {
    let action = if link.kind == LinkKind::Invitation { invitation } else { external };
    Change::of_room(action, room).words(&[&link.title, role(link.access)])
}

/// The history has nothing about invitation links.
fn noted(change: Change, room: &Room, link: &Link, data: serde_json::Value) -> Change {
    if link.kind == LinkKind::Invitation { change } else { change.noted_in(room.id, data) }
}
