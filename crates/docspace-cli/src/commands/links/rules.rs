//! Which access a link can give.

use docspace::Access;

use super::owner::Owner;
use crate::text::kebab;

/// Returns the reason why there cannot be a new link with this access.
pub(super) fn problem_of_new(owner: &Owner, is_invitation: bool, access: Access) -> Option<String> {
    let has_only_primary = owner.rules().is_some_and(|rules| rules.has_primary() && rules.max_additional() == 0);
    if has_only_primary && !is_invitation {
        return Some(format!("{} have only their primary link", owner.kind()));
    }
    problem(owner, is_invitation, access)
}

/// Whether there can be external links.
pub(super) fn has_external_links(owner: &Owner) -> bool {
    owner.rules().is_none_or(|rules| !rules.external().is_empty())
}

/// Returns the reason why a link cannot give this access.
pub(super) fn problem(owner: &Owner, is_invitation: bool, access: Access) -> Option<String> {
    let whose = owner.kind();
    if is_invitation && owner.room().is_none() {
        return Some(format!("{whose} cannot have an invitation link"));
    }
    let rules = owner.rules()?;
    let allowed = if is_invitation { rules.invitation() } else { rules.external() };
    if allowed.contains(&access) {
        return None;
    }
    let name = |access: &Access| kebab(&access.to_string());
    let kind = if is_invitation { "invitation" } else { "external" };
    Some(match allowed {
        [] => format!("{whose} cannot have external links"),
        _ => {
            let names = allowed.iter().map(name).collect::<Vec<_>>().join(", ");
            format!("{kind} links of {whose} cannot give {}, only {names}", name(&access))
        }
    })
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;

    use super::*;
    use crate::session::Session;
    use crate::testing::mock_session;

    async fn room(room_type: RoomType, session: &Session) -> Owner {
        session.portal.rooms().create("Audit", room_type).send().await.expect("a room").into()
    }

    #[tokio::test]
    async fn links_that_the_type_of_the_room_excludes_are_explained() {
        let (_mock, session) = mock_session().await;
        let new = async |room_type, is_invitation, access| {
            problem_of_new(&room(room_type, &session).await, is_invitation, access).unwrap_or_default()
        };
        assert_eq!(new(RoomType::Custom, false, Access::Read).await, "");
        assert_eq!(
            new(RoomType::FillingForms, false, Access::Read).await,
            "rooms of type filling-forms have only their primary link"
        );
        assert_eq!(
            new(RoomType::Editing, false, Access::Read).await,
            "rooms of type editing cannot have external links"
        );
        assert!(
            new(RoomType::Public, true, Access::Review)
                .await
                .ends_with("cannot give review, only content-creator, read")
        );
        assert_eq!(problem(&room(RoomType::FillingForms, &session).await, false, Access::Read), None);
    }

    #[tokio::test]
    async fn links_that_a_folder_excludes_are_explained() {
        let (_mock, session) = mock_session().await;
        let folder = async |room_type| {
            let room = session.portal.rooms().create("Audit", room_type).send().await.expect("a room");
            let folder = session.portal.room(&room).folders().create("Plans").await.expect("a folder");
            Owner::Folder(Box::new(folder))
        };
        let (custom, forms) = (folder(RoomType::Custom).await, folder(RoomType::FillingForms).await);
        assert_eq!(problem_of_new(&custom, false, Access::Editing), None);
        assert_eq!(
            problem_of_new(&custom, false, Access::FillForms).as_deref(),
            Some("external links of this folder cannot give fill-forms, only editing, review, comment, read")
        );
        assert_eq!(
            problem_of_new(&custom, true, Access::Read).as_deref(),
            Some("this folder cannot have an invitation link")
        );
        assert_eq!(
            problem_of_new(&forms, false, Access::FillForms).as_deref(),
            Some("this folder cannot have external links")
        );
    }
}
