//! Changing a room.

use docspace_api::types::{Room, UpdateRoomRequest};
use docspace_api::{ClientRoomsExt, RoomId};

use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::text;

/// A change of a room; what is not mentioned stays. Made by [`RoomHandle::edit`](crate::RoomHandle::edit).
#[derive(Clone, Debug)]
#[must_use = "nothing is changed before `send` is called"]
pub struct EditRoom {
    portal: Portal,
    id: RoomId,
    request: UpdateRoomRequest,
}

impl EditRoom {
    pub(super) fn new(portal: Portal, id: RoomId) -> Self {
        Self { portal, id, request: UpdateRoomRequest::default() }
    }

    /// Renames it.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.request.title = Some(title.into());
        self
    }

    /// Gives it these tags in place of those it has; none remove all.
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.request.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Gives it this colour, in hexadecimal digits such as `FF5733`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.request.color = Some(color.into());
        self
    }

    /// Gives it this cover; an empty one takes it away.
    pub fn cover(mut self, cover: impl Into<String>) -> Self {
        self.request.cover = Some(cover.into());
        self
    }

    /// Limits it to this many bytes; -1 for no limit.
    pub fn quota(mut self, bytes: i64) -> Self {
        self.request.quota = Some(bytes);
        self
    }

    /// Numbers its entries.
    pub fn indexing(mut self, on: bool) -> Self {
        self.request.indexing = Some(on);
        self
    }

    /// Keeps members who only view from downloading, copying and printing.
    pub fn deny_download(mut self, on: bool) -> Self {
        self.request.deny_download = Some(on);
        self
    }

    /// Changes the room and returns it as it is then.
    ///
    /// # Errors
    ///
    /// `Invalid` when nothing is to be changed, for a blank or too long title, a colour that is none or an empty tag;
    /// `Forbidden` for an archived room, a room one may not edit, and also for one that does not exist.
    pub async fn send(mut self) -> Result<Room> {
        if self.request == UpdateRoomRequest::default() {
            return Err(Error::invalid("there is nothing to change").advise("say what to change"));
        }
        // The portal takes a blank title for none and changes nothing.
        if let Some(title) = &self.request.title {
            self.request.title = Some(text::room_title(title)?.to_owned());
        }
        text::check_look(&mut self.request.color, self.request.tags.as_deref())?;
        let call = Call::new("update_room", self.id.to_string());
        let answer = self.portal.api().update_room().id(self.id).body(self.request).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}
