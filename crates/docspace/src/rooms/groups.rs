//! Room groups: everybody's own way to keep rooms together.

use docspace_api::types::{
    CreateRoomGroupRequest, RoomGroup, RoomGroupId, SetRoomGroupIconRequest, UpdateRoomGroupRequest,
};
use docspace_api::{ClientGroupsExt, RoomId};
use futures::future::try_join_all;

use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::rooms::{RoomRef, read_room};
use crate::support::input;

/// The longest name of a room group (portal-facts 6.20).
const LONGEST_NAME: usize = 128;

/// The caller's room groups. Made by [`Portal::groups`]. Nobody else sees them.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Acme", docspace::RoomType::Custom).send().await?;
/// let icon = portal.covers().await?.remove(0).id;
/// let group = portal.groups().create("Clients", icon, [&room]).await?;
/// assert_eq!(group.total_rooms, 1);
///
/// let clients = portal.rooms().list().group(group.id).all().await?;
/// assert_eq!(clients[0].title, "Acme");
/// # Ok(())
/// # }
/// ```
///
/// A room group keeps rooms together. Groups of people are another thing, see [`PeopleGroups`](crate::people::PeopleGroups).
#[derive(Clone, Copy, Debug)]
pub struct Groups<'p> {
    portal: &'p Portal,
}

impl Portal {
    /// The caller's room groups.
    pub fn groups(&self) -> Groups<'_> {
        Groups { portal: self }
    }
}

impl Groups<'_> {
    /// All groups, without their rooms.
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key without a `files` scope.
    pub async fn list(&self) -> Result<Vec<RoomGroup>> {
        let call = Call::new("list_room_groups", "");
        let answer = self.portal.api().list_room_groups().include_members(false).send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// One group with its rooms.
    ///
    /// # Errors
    ///
    /// `NotFound` when the caller has no such group.
    pub async fn get(&self, id: RoomGroupId) -> Result<RoomGroup> {
        let call = Call::new("get_room_group", id.0.to_string());
        let answer = self.portal.api().get_room_group().id(id).include_members(true).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Makes a group of these rooms, with one of the portal's covers as its icon.
    ///
    /// The rooms are read first: over one that cannot be read the portal fails, but it has made the group then, with the
    /// rooms before that one (portal-facts 6.20).
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long name, without a room, and for an icon that is no cover; as
    /// [`RoomHandle::get`](crate::RoomHandle::get) for a room that cannot be read. Nothing is made then.
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
        // The throttle keeps those few that a portal takes at once.
        match try_join_all(request.rooms.iter().map(|id| read_room(self.portal, id))).await {
            // A key for files alone may make groups, but not look at rooms (portal-facts 2.3).
            Err(error) if !error.lacks_scope() => return Err(error),
            _ => {}
        }
        let call = Call::new("create_room_group", format!("`{}`", request.name));
        let answer = self.portal.api().create_room_group().body(request).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        // A room can have gone since.
        outcome.map_err(|error| match error.status() {
            Some(403 | 404) => error.advise("the group may have been made without some of the rooms: look for it"),
            _ => error,
        })
    }

    /// Renames a group.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get), and `Invalid` for a blank or too long name.
    pub async fn rename(&self, id: RoomGroupId, name: impl Into<String>) -> Result<RoomGroup> {
        let change = UpdateRoomGroupRequest { group_name: Some(group_name(name)?), ..Default::default() };
        self.change(id, change).await
    }

    /// Puts rooms into a group.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get), and `Forbidden` for a room that does not exist or that the caller may not read.
    pub async fn add(&self, id: RoomGroupId, rooms: impl IntoIterator<Item = impl Into<RoomRef>>) -> Result<RoomGroup> {
        self.change(id, UpdateRoomGroupRequest { rooms_to_add: Some(ids(rooms)), ..Default::default() }).await
    }

    /// Takes rooms out of a group. It stays, also without rooms.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get).
    pub async fn remove(
        &self,
        id: RoomGroupId,
        rooms: impl IntoIterator<Item = impl Into<RoomRef>>,
    ) -> Result<RoomGroup> {
        self.change(id, UpdateRoomGroupRequest { rooms_to_remove: Some(ids(rooms)), ..Default::default() }).await
    }

    /// Gives a group another icon, one of the portal's covers.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get), and `Invalid` for an icon that is no cover.
    pub async fn set_icon(&self, id: RoomGroupId, icon: impl Into<String>) -> Result<RoomGroup> {
        let call = Call::new("set_room_group_icon", format!("of {}", id.0));
        let body = SetRoomGroupIconRequest { icon: icon.into() };
        let answer = self.portal.api().set_room_group_icon().id(id).body(body).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Deletes a group. Its rooms stay.
    ///
    /// # Errors
    ///
    /// `NotFound` when the caller has no such group; the portal itself answers 200 then.
    pub async fn delete(&self, id: RoomGroupId) -> Result<()> {
        self.get(id).await?;
        let call = Call::new("delete_room_group", id.0.to_string());
        call.envelope(self.portal.api().delete_room_group().id(id).send().await).await.map(drop)
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
    Ok(input::name("room group", &name.into(), LONGEST_NAME)?.to_owned())
}
