//! Which access a link can give.

use docspace::links::LinkRules;
use docspace::{Access, RoomType};

use crate::text::kebab;

/// Returns the reason why a room of this type cannot get a new link with this access.
pub(super) fn problem_of_new(room: RoomType, is_invitation: bool, access: Access) -> Option<String> {
    let has_only_primary = LinkRules::of(room).is_some_and(|rules| rules.has_primary() && rules.max_additional() == 0);
    if has_only_primary && !is_invitation {
        return Some(format!("rooms of type {} have only their primary link", kebab(&room.to_string())));
    }
    problem(room, is_invitation, access)
}

/// Whether a room of this type can have external links.
pub(super) fn has_external_links(room: RoomType) -> bool {
    LinkRules::of(room).is_none_or(|rules| !rules.external().is_empty())
}

/// Returns the reason why a link of a room of this type cannot give this access.
pub(super) fn problem(room: RoomType, is_invitation: bool, access: Access) -> Option<String> {
    let rules = LinkRules::of(room)?;
    let allowed = if is_invitation { rules.invitation() } else { rules.external() };
    if allowed.contains(&access) {
        return None;
    }
    let name = |access: &Access| kebab(&access.to_string());
    let (kind, room) = (if is_invitation { "invitation" } else { "external" }, kebab(&room.to_string()));
    Some(match allowed {
        [] => format!("rooms of type {room} cannot have external links"),
        _ => {
            let names = allowed.iter().map(name).collect::<Vec<_>>().join(", ");
            format!("{kind} links of rooms of type {room} cannot give {}, only {names}", name(&access))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_the_type_of_the_room_excludes_are_explained() {
        let new = |room, is_invitation, access| problem_of_new(room, is_invitation, access).unwrap_or_default();
        assert_eq!(new(RoomType::Custom, false, Access::Read), "");
        assert_eq!(
            new(RoomType::FillingForms, false, Access::Read),
            "rooms of type filling-forms have only their primary link"
        );
        assert_eq!(new(RoomType::Editing, false, Access::Read), "rooms of type editing cannot have external links");
        assert!(
            new(RoomType::Public, true, Access::Review).ends_with("cannot give review, only content-creator, read")
        );
        assert_eq!(problem(RoomType::FillingForms, false, Access::Read), None);
    }
}
