//! Room groups.

use contract::target::Target;
use docspace::{ErrorKind, RoomId};
use serde_json::json;

use crate::fixture::room;

#[tokio::test]
async fn room_groups_can_be_created_changed_and_deleted() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let (one, two) = (room(target).await, room(target).await);
        let icon = portal.covers().await.unwrap().remove(0).id;
        let groups = portal.room_groups();
        assert_eq!(groups.create("none", &icon, Vec::<RoomId>::new()).await.unwrap_err().kind(), ErrorKind::Invalid);
        let group = groups.create("Clients", &icon, [one.id.clone()]).await.unwrap();
        groups.add(group.id, [&two]).await.unwrap();
        groups.remove(group.id, [one.id]).await.unwrap();
        groups.rename(group.id, "Customers").await.unwrap();
        let now = groups.get(group.id).await.unwrap();
        assert_eq!((now.name.as_str(), now.total_rooms), ("Customers", 1));
        groups.delete(group.id).await.unwrap();
        assert!(groups.list().await.unwrap().is_empty());
        assert!(groups.delete(group.id).await.unwrap_err().is_not_found());
    })
    .await;
}

/// A portal creates the group with the first room, and then fails at the second one.
#[tokio::test]
async fn room_groups_with_a_missing_room_are_not_created() {
    Target::on_mock(async |target, _| {
        let (portal, one) = (target.portal(), room(target).await);
        let icon = portal.covers().await.unwrap().remove(0).id;
        let rooms = [one.id.clone(), RoomId::from(987_654_321)];
        let error = portal.room_groups().create("Clients", &icon, rooms.clone()).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("987654321"), "{error}");
        assert!(portal.room_groups().list().await.unwrap().is_empty());
        let raw = json!({"name": "Clients", "icon": icon, "rooms": rooms});
        assert_eq!(target.raw().send("POST", "files/group", raw).await.status, 403);
        assert_eq!(
            portal.room_groups().list().await.unwrap().len(),
            1,
            "the portal creates the group in spite of the error"
        );
    })
    .await;
}
