//! Changing a room.

use docspace_api::types::{
    ChatSettings, Lifetime, LifetimeRequest, LogoRequest, Room, UpdateRoomRequest, Watermark, WatermarkRequest,
};
use docspace_api::{ClientRoomsExt, RoomId};

use super::settings::Settings;
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

    /// Limits it to this many bytes; -1 for no limit. 0 is kept as 0, so nothing more goes in.
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

    /// Keeps files for a while only. Moving the room to the archive takes this away for good.
    pub fn lifetime(mut self, lifetime: Lifetime) -> Self {
        self.request.lifetime = Some(lifetime.into());
        self
    }

    /// Keeps files for ever.
    pub fn remove_lifetime(mut self) -> Self {
        self.request.lifetime = Some(LifetimeRequest::off());
        self
    }

    /// Prints a watermark over the room's documents.
    pub fn watermark(mut self, mark: Watermark) -> Self {
        self.request.watermark = Some(mark.into());
        self
    }

    /// Prints no watermark any more.
    pub fn remove_watermark(mut self) -> Self {
        self.request.watermark = Some(WatermarkRequest::off());
        self
    }

    /// Gives it this logo, a part of a picture that was uploaded before; see
    /// [`Portal::upload_picture`](crate::Portal::upload_picture).
    pub fn logo(mut self, logo: LogoRequest) -> Self {
        self.request.logo = Some(logo);
        self
    }

    /// Sets up the assistant of an AI room.
    pub fn chat_settings(mut self, settings: ChatSettings) -> Self {
        self.request.chat_settings = Some(settings);
        self
    }

    /// Sends the answers of a form-filling room to the external database of the portal's settings, or not.
    pub fn send_form_to_external_db(mut self, on: bool) -> Self {
        self.request.send_form_to_external_db = Some(on);
        self
    }

    /// Collects the answers of a form-filling room in a spreadsheet, or not.
    pub fn save_form_as_xlsx(mut self, on: bool) -> Self {
        self.request.save_form_as_xlsx = Some(on);
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
    /// - `Operation`: the portal did not keep some of the tags, as some portals do with emoji. The
    ///   error names them.
    pub async fn send(mut self) -> Result<Room> {
        if self.request == UpdateRoomRequest::default() {
            return Err(Error::invalid("there is nothing to change").advise("say what to change"));
        }
        // The portal takes a blank title for none and changes nothing.
        if let Some(title) = &self.request.title {
            self.request.title = Some(input::room_title(title)?.to_owned());
        }
        Settings {
            color: &mut self.request.color,
            tags: self.request.tags.as_deref(),
            logo: self.request.logo.as_ref(),
            quota: self.request.quota,
            lifetime: self.request.lifetime.as_ref(),
            watermark: self.request.watermark.as_ref(),
        }
        .check()?;
        let call = Call::new("update_room", self.id.to_string());
        let asked = self.request.tags.clone();
        let answer = self.portal.api().update_room().id(&self.id).body(self.request).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        let room = unless_archived(&self.portal, &self.id, outcome).await?;
        stored_tags::check_kept(&self.portal, &call, asked.as_deref(), room).await
    }
}
