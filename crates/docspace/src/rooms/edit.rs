//! Changing a room.

use docspace_api::types::{LifetimeRequest, Room, UpdateRoomRequest, WatermarkRequest};
use docspace_api::{ClientRoomsExt, RoomId};

use super::settings::{common_settings, room_settings, room_type_settings};
use super::stored_tags;
use super::unless_archived;
use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::support::input;

/// A change of a room; what is not mentioned stays. Made by [`RoomHandle::edit`](crate::RoomHandle::edit).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).tags(["audit"]).send().await?;
/// let closed = portal.room(&room).edit().title("Audit 2026 (closed)").deny_download(true).send().await?;
/// assert!(closed.deny_download);
/// assert_eq!(closed.tags, ["audit"], "what is not mentioned stays");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is changed before `send` is called"]
pub struct EditRoom {
    portal: Portal,
    id: RoomId,
    request: UpdateRoomRequest,
}

common_settings!(EditRoom);
room_settings!(EditRoom);
room_type_settings!(EditRoom);

impl EditRoom {
    pub(super) fn new(portal: Portal, id: RoomId) -> Self {
        Self { portal, id, request: UpdateRoomRequest::default() }
    }

    /// Renames it.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.request.title = Some(title.into());
        self
    }

    /// Keeps files for ever.
    pub fn remove_lifetime(mut self) -> Self {
        self.request.lifetime = Some(LifetimeRequest::off());
        self
    }

    /// Prints no watermark any more.
    pub fn remove_watermark(mut self) -> Self {
        self.request.watermark = Some(WatermarkRequest::off());
        self
    }

    /// Changes the room and returns it as it is then.
    ///
    /// # Errors
    ///
    /// - `Invalid`: there is nothing to change, the title is blank or too long, the color is not a
    ///   color, a tag is empty, the lifetime is outside 1 to 999, or the watermark prints nothing.
    /// - `Forbidden`: the room is archived, the caller is not allowed to edit it, or it does not
    ///   exist. Also if the logo is to come from a picture that another person uploaded; other
    ///   changes of the same call may have been made then.
    /// - `NotDone`: the portal did not keep some of the tags, as some portals do with emoji. The
    ///   error names them.
    pub async fn send(mut self) -> Result<Room> {
        if self.request == UpdateRoomRequest::default() {
            return Err(Error::invalid("there is nothing to change").advise("say what to change"));
        }
        // The portal takes a blank title for none and changes nothing.
        if let Some(title) = &self.request.title {
            self.request.title = Some(input::room_title(title)?.to_owned());
        }
        self.check_room_settings()?;
        let call = Call::new("update_room", self.id.to_string());
        let asked = self.request.tags.clone();
        let answer = self.portal.api().update_room().id(&self.id).body(self.request).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        let room = unless_archived(&self.portal, &self.id, outcome).await?;
        stored_tags::check_kept(&self.portal, &call, asked.as_deref(), room).await
    }
}
