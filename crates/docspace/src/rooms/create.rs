//! Making a room.

use docspace_api::types::{CreateRoomRequest, Room};
use docspace_api::{ClientRoomsExt, RoomType};

use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::text;

/// A room to be made. Made by [`Rooms::create`](crate::Rooms::create).
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreateRoom {
    portal: Portal,
    request: CreateRoomRequest,
}

impl CreateRoom {
    pub(super) fn new(portal: Portal, title: String, room_type: RoomType) -> Self {
        Self { portal, request: CreateRoomRequest::new(title, room_type) }
    }

    /// Gives it these tags. Those the portal does not know yet are made.
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.request.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Gives it this colour, in hexadecimal digits such as `FF5733`. Random otherwise.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.request.color = Some(color.into());
        self
    }

    /// Gives it this cover, one of those that the portal offers.
    pub fn cover(mut self, cover: impl Into<String>) -> Self {
        self.request.cover = Some(cover.into());
        self
    }

    /// Limits it to this many bytes; -1 for no limit. The portal's default otherwise.
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

    /// Makes the room. It is never sent twice: when the connection breaks, look whether it is there.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long title, a room type that this version does not know, a colour that is none or an
    /// empty tag, all before anything is sent; `Forbidden` for users and guests.
    pub async fn send(mut self) -> Result<Room> {
        self.request.title = text::room_title(&self.request.title)?.to_owned();
        if let RoomType::Unknown(number) = self.request.room_type {
            return Err(Error::invalid(format!("{number} is no room type"))
                .advise(format!("use one of {}", RoomType::NAMES.join(", "))));
        }
        // The portal refuses an empty tag only after it has made the room.
        text::check_look(&mut self.request.color, self.request.tags.as_deref())?;
        let call = Call::new("create_room", format!("`{}`", self.request.title));
        let answer = self.portal.api().create_room().body(self.request).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}
