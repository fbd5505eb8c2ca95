//! Making a room from a template.

use docspace_api::types::{CreateRoomFromTemplateRequest, Room};
use docspace_api::{ClientTemplatesExt, RoomId};

use super::slot::{Kind, start};
use crate::error::{Call, Error, Result};
use crate::operations::Operation;
use crate::portal::Portal;
use crate::text;

/// A room to be made from a template. Made by [`TemplateHandle::create_room`](crate::TemplateHandle::create_room).
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `start` is called"]
pub struct CreateRoomFromTemplate {
    portal: Portal,
    template: RoomId,
    request: CreateRoomFromTemplateRequest,
}

impl CreateRoomFromTemplate {
    pub(super) fn new(portal: Portal, template: RoomId, title: String) -> Self {
        let request = CreateRoomFromTemplateRequest::new(template.number().unwrap_or_default(), title);
        Self { portal, template, request }
    }

    /// Copies the template's logo.
    pub fn copy_logo(mut self) -> Self {
        self.request.copy_logo = Some(true);
        self
    }

    /// Gives it these tags; the template's are not taken over.
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.request.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Gives it this colour, in hexadecimal digits such as `FF5733`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.request.color = Some(color.into());
        self
    }

    /// Gives it this cover, one of those that the portal offers.
    pub fn cover(mut self, cover: impl Into<String>) -> Self {
        self.request.cover = Some(cover.into());
        self
    }

    /// Limits it to this many bytes, -1 for no limit; the template's quota otherwise.
    pub fn quota(mut self, bytes: i64) -> Self {
        self.request.quota = Some(bytes);
        self
    }

    /// Numbers its entries, or not; as in the template otherwise.
    pub fn indexing(mut self, on: bool) -> Self {
        self.request.indexing = Some(on);
        self
    }

    /// Keeps members who only view from downloading, or not; as in the template otherwise.
    pub fn deny_download(mut self, on: bool) -> Self {
        self.request.deny_download = Some(on);
        self
    }

    /// Starts to make the room. A portal makes one from a template at a time, so this waits while it makes another.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long title, or a colour that is none. Missing rights and templates show only while
    /// waiting.
    pub async fn start(mut self) -> Result<Operation<Room>> {
        self.request.title = text::room_title(&self.request.title)?.to_owned();
        if self.template.number().is_none() {
            return Err(Error::invalid(format!("`{}` cannot be the id of a template", self.template)));
        }
        text::check_look(&mut self.request.color, self.request.tags.as_deref())?;
        let call = Call::new("create_room_from_template", self.template.to_string());
        let title = self.request.title.clone();
        let request = self.request;
        start(self.portal, Kind::Room, call, title, move |portal| {
            let request = request.clone();
            Box::pin(async move {
                let answer = portal.api().create_room_from_template().body(request).send().await;
                answer.map(|answer| answer.into_inner().response.map(Into::into))
            })
        })
        .await
    }
}
