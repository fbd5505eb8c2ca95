//! Room groups: a person's own way to keep rooms together.

use docspace_api::types::{
    CreateRoomGroupRequest, RoomGroup, RoomGroupId, SetRoomGroupIconRequest, UpdateRoomGroupRequest,
};
use docspace_api::{ClientGroupsExt, RoomId};
use futures::future::try_join_all;

use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::rooms::{RoomRef, read_room};
use crate::support::input;

/// Maximum length of the name of a room group
/// (docs/portal/tags-groups-logos-quotas.md#room-groups).
const MAX_NAME: usize = 128;

/// The caller's room groups. Other people cannot see them. Returned by [`Portal::room_groups`].
///
/// For groups of people, see [`PeopleGroups`](crate::people::PeopleGroups).
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// let icon = portal.covers().await?.remove(0).id;
/// let group = portal.room_groups().create("Clients", icon, [room.id()]).await?;
///
/// for room in portal.rooms().list().group(group.id).all().await? {
///     println!("{}", room.title);
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct RoomGroups {
    portal: Portal,
}

impl Portal {
    /// Returns the room groups of the caller. Sends nothing.
    pub fn room_groups(&self) -> RoomGroups {
        RoomGroups { portal: self.clone() }
    }
}

impl RoomGroups {
    /// Creates a room group with these rooms. Its icon is the id of one of [`Portal::covers`].
    ///
    /// The rooms are read first. If a room cannot be read, the portal reports a failure, but
    /// creates the group with the rooms before it
    /// (docs/portal/tags-groups-logos-quotas.md#room-groups).
    ///
    /// # Errors
    ///
    /// No group is created in these cases:
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is blank or longer than 128 characters,
    ///   no room is given, an id is that of a folder, or the portal has no such cover.
    /// - [`NotFound`](crate::ErrorKind::NotFound): a room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read one of the
    ///   rooms.
    pub async fn create(
        &self,
        name: impl Into<String>,
        icon: impl Into<String>,
        rooms: impl IntoIterator<Item = impl Into<RoomRef>>,
    ) -> Result<RoomGroup> {
        let request = CreateRoomGroupRequest { name: group_name(name)?, icon: icon.into(), rooms: ids(rooms) };
        if request.rooms.is_empty() {
            return Err(Error::invalid("a room group needs at least one room"));
        }
        // The client limits the number of calls at the same time to what the portal accepts.
        match try_join_all(request.rooms.iter().map(|id| read_room(&self.portal, id))).await {
            // A key with a `files` scope alone can create groups, but cannot read rooms
            // (docs/portal/keys-and-scopes.md#scopes-per-route).
            Err(error) if !error.lacks_scope() => return Err(error),
            _ => {}
        }
        let call = Call::new("create_room_group", format!("`{}`", request.name));
        let answer = self.portal.api().create_room_group().body(request).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        // A room may have been deleted since it was read.
        outcome.map_err(|error| match error.status() {
            Some(403 | 404) => {
                error.advise("the group may have been created without some of the rooms: list the room groups")
            }
            _ => error,
        })
    }

    /// Lists all room groups, without their rooms.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no `files` scope.
    pub async fn list(&self) -> Result<Vec<RoomGroup>> {
        let call = Call::new("list_room_groups", "");
        let answer = self.portal.api().list_room_groups().include_members(false).send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// Reads one room group with its rooms.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the caller has no such room group.
    pub async fn get(&self, id: RoomGroupId) -> Result<RoomGroup> {
        let call = Call::new("get_room_group", id.0.to_string());
        let answer = self.portal.api().get_room_group().id(id).include_members(true).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Renames a room group.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is blank or longer than 128 characters.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the caller has no such room group.
    pub async fn rename(&self, id: RoomGroupId, name: impl Into<String>) -> Result<RoomGroup> {
        let change = UpdateRoomGroupRequest { group_name: Some(group_name(name)?), ..Default::default() };
        self.change(id, change).await
    }

    /// Adds rooms to a room group.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the caller has no such room group.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): a room does not exist, or the caller is not
    ///   allowed to read it.
    pub async fn add(&self, id: RoomGroupId, rooms: impl IntoIterator<Item = impl Into<RoomRef>>) -> Result<RoomGroup> {
        self.change(id, UpdateRoomGroupRequest { rooms_to_add: Some(ids(rooms)), ..Default::default() }).await
    }

    /// Removes rooms from a room group. The group stays, even if it has no rooms.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the caller has no such room group.
    pub async fn remove(
        &self,
        id: RoomGroupId,
        rooms: impl IntoIterator<Item = impl Into<RoomRef>>,
    ) -> Result<RoomGroup> {
        self.change(id, UpdateRoomGroupRequest { rooms_to_remove: Some(ids(rooms)), ..Default::default() }).await
    }

    /// Deletes a room group. Its rooms stay.
    ///
    /// The group is read first, because the portal also reports success for a group that does not
    /// exist.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the caller has no such room group.
    pub async fn delete(&self, id: RoomGroupId) -> Result<()> {
        self.get(id).await?;
        let call = Call::new("delete_room_group", id.0.to_string());
        call.envelope(self.portal.api().delete_room_group().id(id).send().await).await.map(drop)
    }

    /// Sets the icon of a room group, given by the id of one of [`Portal::covers`].
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the portal has no such cover.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the caller has no such room group.
    pub async fn set_icon(&self, id: RoomGroupId, icon: impl Into<String>) -> Result<RoomGroup> {
        let call = Call::new("set_room_group_icon", format!("of {}", id.0));
        let body = SetRoomGroupIconRequest { icon: icon.into() };
        let answer = self.portal.api().set_room_group_icon().id(id).body(body).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    async fn change(&self, id: RoomGroupId, request: UpdateRoomGroupRequest) -> Result<RoomGroup> {
        let call = Call::new("update_room_group", id.0.to_string());
        let answer = self.portal.api().update_room_group().id(id).body(request).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}

fn ids(rooms: impl IntoIterator<Item = impl Into<RoomRef>>) -> Vec<RoomId> {
    rooms.into_iter().map(|room| room.into().id).collect()
}

fn group_name(name: impl Into<String>) -> Result<String> {
    Ok(input::name("room group", &name.into(), MAX_NAME)?.to_owned())
}
