//! Changing the title and the settings of a room.

use docspace_api::types::{LifetimeRequest, Room, UpdateRoomRequest, WatermarkRequest};
use docspace_api::{ClientRoomsExt, RoomId};

use super::settings::{common_settings, room_settings, room_type_settings};
use super::stored_tags;
use super::with_archive_advice;
use crate::brief::brief_debug;
use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::support::input;
use crate::support::optional::optional_settings;

/// Changes the title and the settings of a room or template. Settings that are not set keep their
/// values. Returned by [`RoomHandle::edit`](crate::RoomHandle::edit).
///
/// ```
/// # doc_examples::with_room(async |_, room| {
/// let edited = room
///     .edit()
///     .title("Audit 2026 (closed)")
///     .tags(["audit", "closed"])
///     .deny_download(true)
///     .send()
///     .await?;
/// println!("{}", edited.title);
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is changed before `send` is called"]
pub struct EditRoom {
    portal: Portal,
    id: RoomId,
    request: UpdateRoomRequest,
}

brief_debug!(EditRoom, |edit| room: edit.id);

optional_settings!(EditRoom);

impl EditRoom {
    pub(super) fn new(portal: Portal, id: RoomId) -> Self {
        Self { portal, id, request: UpdateRoomRequest::default() }
    }

    /// Sets the title, up to 170 characters.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.request.title = Some(title.into());
        self
    }
}

common_settings!(EditRoom);
room_settings!(EditRoom);
room_type_settings!(EditRoom);

impl EditRoom {
    /// Removes all tags of the room. The tags stay on the portal.
    pub fn clear_tags(mut self) -> Self {
        self.request.tags = Some(Vec::new());
        self
    }

    /// Removes the lifetime: the room keeps its files forever.
    pub fn remove_lifetime(mut self) -> Self {
        self.request.lifetime = Some(LifetimeRequest::off());
        self
    }

    /// Removes the watermark.
    pub fn remove_watermark(mut self) -> Self {
        self.request.watermark = Some(WatermarkRequest::off());
        self
    }

    /// Changes the room and returns it as it is afterwards.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: there is nothing to
    ///   change, the title is blank or longer than 170 characters, the color is not a color, a tag
    ///   is empty or longer than 255 characters, the lifetime is outside 1 to 999, or the watermark
    ///   prints nothing or its text is longer than 255 characters.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the room is archived, the caller is not
    ///   allowed to edit it, or it does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the logo is a part of a picture that another
    ///   person uploaded. Other changes of the same call may have been made.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal did not store some of the tags. Some
    ///   portals cannot store emoji. The error names the missing tags.
    pub async fn send(mut self) -> Result<Room> {
        if self.request == UpdateRoomRequest::default() {
            return Err(Error::invalid("there is nothing to change").advise("set at least one setting of the room"));
        }
        // The portal ignores a blank title.
        if let Some(title) = &self.request.title {
            self.request.title = Some(input::room_title(title)?.to_owned());
        }
        self.check_room_settings()?;
        let call = Call::new("update_room", self.id.to_string());
        let requested = self.request.tags.clone();
        let answer = self.portal.api().update_room().id(&self.id).body(self.request).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        let room = with_archive_advice(&self.portal, &self.id, outcome).await?;
        stored_tags::check_kept(&self.portal, &call, requested.as_deref(), room).await
    }
}
