//! The tags of a room.

use docspace_api::ClientTagsExt;
use docspace_api::types::{Room, TagNamesRequest};

use super::stored_tags::check_kept;
use super::{RoomHandle, unless_archived};
use crate::error::{Call, Result};
use crate::support::input;

impl RoomHandle {
    /// Gives the room more tags. Those the portal does not know yet are made; one the room has already changes nothing.
    ///
    /// # Errors
    ///
    /// - `Invalid`: a tag is empty.
    /// - `NotFound`: the room does not exist.
    /// - `Forbidden`: the caller is not allowed to change the room, or it is archived.
    /// - `NotDone`: the portal did not keep some of the tags, as some portals do with emoji. The
    ///   error names them.
    pub async fn add_tags<T: Into<String>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        let names = names(tags)?;
        let call = Call::new("add_room_tags", format!("to room {}", self.id()));
        let body = TagNamesRequest { names: names.clone() };
        let request = self.portal().api().add_room_tags().id(self.id()).body(body);
        let outcome = call.response(request.send().await, |envelope| envelope.response).await;
        let room = unless_archived(self.portal(), self.id(), outcome).await?;
        check_kept(self.portal(), &call, Some(&names), room).await
    }

    /// Takes tags off the room.
    ///
    /// # Errors
    ///
    /// - `Invalid`: a tag is empty.
    /// - `NotFound`: the room does not exist.
    /// - `Forbidden`: the caller is not allowed to change the room, or it is archived.
    pub async fn remove_tags<T: Into<String>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        let names = names(tags)?;
        let call = Call::new("remove_room_tags", format!("of room {}", self.id()));
        let request = self.portal().api().remove_room_tags().id(self.id()).body(TagNamesRequest { names });
        let outcome = call.response(request.send().await, |envelope| envelope.response).await;
        unless_archived(self.portal(), self.id(), outcome).await
    }
}

fn names<T: Into<String>>(tags: impl IntoIterator<Item = T>) -> Result<Vec<String>> {
    let names: Vec<String> = tags.into_iter().map(Into::into).collect();
    input::tags(&names)?;
    Ok(names)
}
