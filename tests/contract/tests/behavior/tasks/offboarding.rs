//! Removes a person who leaves from all rooms: rooms they own get another owner, and external links
//! they created are revoked.

use contract::target::Target;
use docspace::audit::AuditAction;
use docspace::people::PersonId;
use docspace::{Access, Error, Portal, Result, Room, RoomId, RoomType};
use docspace_mock::{MockPortal, Role};

/// Returns the rooms in which the person still has access, with the reason. For example, an
/// administrator is not allowed to change the members of a room of another person.
///
/// The caller stays a manager of the rooms that the person owned.
async fn offboard(portal: &Portal, leaving: PersonId, successor: PersonId) -> Result<Vec<(RoomId, Error)>> {
    let mut remaining = Vec::new();
    for room in portal.rooms().list().involving(leaving).all().await? {
        if let Err(error) = leave(portal, &room, leaving, successor).await {
            remaining.push((room.id, error));
        }
    }
    Ok(remaining)
}

async fn leave(portal: &Portal, room: &Room, leaving: PersonId, successor: PersonId) -> Result<()> {
    let handle = portal.room(room);
    let owns = room.created_by.as_ref().is_some_and(|owner| owner.id == leaving);
    if owns {
        // Only the owner and managers can change members and links, so the caller takes the room
        // first. The former owner stays in it as a manager.
        handle.change_owner(portal.me().await?.id).await?;
    }
    let history = handle.history().all().await?;
    let created = history
        .iter()
        .filter(|event| event.action.id == AuditAction::RoomExternalLinkCreated && event.initiator.id == leaving);
    let created: Vec<String> =
        created.filter_map(|event| Some(event.data.as_ref()?.id.as_ref()?.to_string())).collect();
    for link in handle.links().list().await? {
        if created.contains(&link.id().to_string()) {
            handle.links().revoke(&link).await?;
        }
    }
    handle.members().remove(leaving).await?;
    if owns {
        handle.change_owner(successor).await?;
    }
    Ok(())
}

#[tokio::test]
async fn person_who_leaves_has_no_rooms_and_no_links() {
    let builder = MockPortal::builder().person("ann", Role::RoomAdmin).person("bob", Role::RoomAdmin);
    Target::run_on(builder.start().await.unwrap(), async |target, mock| {
        let portal = target.portal();
        let acting_as = |name| Portal::builder(mock.url()).api_key(mock.key(name)).build().unwrap();
        let (ann, bob) = (acting_as("ann"), acting_as("bob"));
        let (ann_id, bob_id) = (ann.me().await.unwrap().id, bob.me().await.unwrap().id);
        let owned = ann.rooms().create("Owned by Ann", RoomType::Custom).send().await.unwrap();
        let joined = portal.rooms().create("Joined", RoomType::Custom).send().await.unwrap();
        portal.room(&joined).members().add(ann_id, Access::RoomManager).await.unwrap();
        let foreign = bob.rooms().create("Owned by Bob", RoomType::Custom).send().await.unwrap();
        bob.room(&foreign).members().add(ann_id, Access::RoomManager).await.unwrap();
        for room in [&owned, &joined] {
            ann.room(room).links().create(Access::Read).title("by Ann").send().await.unwrap();
        }
        let kept = portal.room(&joined).links().create(Access::Read).title("kept").send().await.unwrap();

        let remaining = offboard(&portal, ann_id, bob_id).await.unwrap();
        let remaining: Vec<_> = remaining.iter().map(|(room, error)| (room, error.is_forbidden())).collect();
        assert_eq!(remaining, [(&foreign.id, true)]);

        let rooms = portal.rooms().list().involving(ann_id).all().await.unwrap();
        assert_eq!(rooms.iter().map(|room| &room.id).collect::<Vec<_>>(), [&foreign.id]);
        let now = portal.room(&owned).get().await.unwrap();
        assert_eq!(now.created_by.unwrap().id, bob_id);
        let links = portal.room(&joined).links().list().await.unwrap();
        assert_eq!(links.iter().map(|link| link.id()).collect::<Vec<_>>(), [kept.id()]);
        let history = portal.room(&owned).history().all().await.unwrap();
        let actions: Vec<AuditAction> = history.iter().map(|event| event.action.id).collect();
        assert!(actions.contains(&AuditAction::RoomExternalLinkDeleted), "{actions:?}");
        assert!(actions.contains(&AuditAction::RoomRemoveUser), "{actions:?}");
    })
    .await;
}
