//! The room groups of the caller.

use std::collections::{BTreeSet, HashMap};

use docspace::{Portal, Result, RoomId};
use futures::future::try_join_all;

/// Reads the names of the room groups that each room is in.
pub(super) async fn groups_of_rooms(portal: &Portal) -> Result<HashMap<RoomId, BTreeSet<String>>> {
    let groups = portal.room_groups();
    let listed = groups.list().await?;
    // The list has no rooms.
    let groups = try_join_all(listed.iter().map(|group| groups.get(group.id))).await?;
    let mut of_rooms: HashMap<RoomId, BTreeSet<String>> = HashMap::new();
    for group in groups {
        for room in group.rooms.into_iter().flatten() {
            of_rooms.entry(room.id).or_default().insert(group.name.clone());
        }
    }
    Ok(of_rooms)
}
