//! Groups of rooms.

use contract::target::Target;
use docspace::{ErrorKind, RoomId};
use serde_json::json;

use crate::fixture::room;

#[tokio::test]
async fn groups_keep_rooms_together() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let (one, two) = (room(target).await, room(target).await);
        let icon = portal.covers().await.unwrap().remove(0).id;
        let groups = portal.groups();
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

/// A portal fails over the second room, and has made the group with the first.
#[tokio::test]
async fn a_group_with_a_room_that_is_not_there_is_not_made() {
    Target::on_mock(async |target, _| {
        let (portal, one) = (target.portal(), room(target).await);
        let icon = portal.covers().await.unwrap().remove(0).id;
        let rooms = [one.id.clone(), RoomId::from(987_654_321)];
        let error = portal.groups().create("Clients", &icon, rooms.clone()).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("987654321"), "{error}");
        assert!(portal.groups().list().await.unwrap().is_empty());
        let raw = json!({"name": "Clients", "icon": icon, "rooms": rooms});
        assert_eq!(target.raw().send("POST", "files/group", raw).await.status, 403);
        assert_eq!(portal.groups().list().await.unwrap().len(), 1, "what this protects from");
    })
    .await;
}
