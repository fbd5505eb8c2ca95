//! The tags of a room.

use docspace_api::ClientTagsExt;
use docspace_api::types::{Room, TagNamesRequest};

use super::stored_tags::check_kept;
use super::{RoomHandle, with_archive_advice};
use crate::error::{Call, Result};
use crate::support::input;

impl RoomHandle {
    /// Adds tags to the room. The portal creates the tags that it does not have yet. Adding a tag
    /// that the room already has changes nothing.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a tag is empty or longer than 255 characters.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to change the tags
    ///   of the room, or the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal did not store some of the tags. Some
    ///   portals cannot store emoji. The error names the missing tags.
    pub async fn add_tags<T: AsRef<str>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        let names = names(tags)?;
        let call = Call::new("add_room_tags", format!("to room {}", self.id()));
        let body = TagNamesRequest { names: names.clone() };
        let request = self.portal().api().add_room_tags().id(self.id()).body(body);
        let outcome = call.response(request.send().await, |envelope| envelope.response).await;
        let room = with_archive_advice(self.portal(), self.id(), outcome).await?;
        check_kept(self.portal(), &call, Some(&names), room).await
    }

    /// Removes tags from the room. Removing a tag that the room does not have changes nothing.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a tag is empty or longer than 255 characters.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to change the tags
    ///   of the room, or the room is archived.
    pub async fn remove_tags<T: AsRef<str>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        let names = names(tags)?;
        let call = Call::new("remove_room_tags", format!("of room {}", self.id()));
        let request = self.portal().api().remove_room_tags().id(self.id()).body(TagNamesRequest { names });
        let outcome = call.response(request.send().await, |envelope| envelope.response).await;
        with_archive_advice(self.portal(), self.id(), outcome).await
    }
}

fn names<T: AsRef<str>>(tags: impl IntoIterator<Item = T>) -> Result<Vec<String>> {
    let names = input::strings(tags);
    input::tags(&names)?;
    Ok(names)
}
