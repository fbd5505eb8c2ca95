//! Making a room from a template.

use docspace_api::types::{CreateRoomFromTemplateRequest, Room};
use docspace_api::{ClientTemplatesExt, RoomId};

use super::job::start;
use super::outcome::{Kind, Wanted, WantedLogo};
use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::rooms::settings::{common_settings, room_settings};
use crate::support::input;
use crate::waiting::Operation;

/// A room to be made from a template. Made by [`TemplateHandle::create_room`](crate::templates::TemplateHandle::create_room).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Course", docspace::RoomType::VirtualData).send().await?;
/// # let course = portal.room(&room).save_as_template("Course").start().await?.wait().await?;
/// let making = portal.template(&course).create_room("Course 2027").tags(["2027"]).indexing(true).start().await?;
/// let room = making.wait().await?;
/// assert!(room.indexing && room.tags == ["2027"] && room.is_active());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `start` is called"]
pub struct CreateRoomFromTemplate {
    portal: Portal,
    template: RoomId,
    request: CreateRoomFromTemplateRequest,
}

common_settings!(CreateRoomFromTemplate);
room_settings!(CreateRoomFromTemplate);

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

    /// Starts to make the room. A portal makes one from a template at a time, so this waits while it makes another.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long title, a colour that is none, an empty tag, a lifetime outside of 1 to 999 or a
    /// watermark that prints nothing. Missing rights and templates show only while waiting.
    pub async fn start(mut self) -> Result<Operation<Room>> {
        self.request.title = input::room_title(&self.request.title)?.to_owned();
        if self.template.number().is_none() {
            return Err(Error::invalid(format!("`{}` cannot be the id of a template", self.template)));
        }
        self.check_room_settings()?;
        if self.request.logo.is_some() && self.request.copy_logo == Some(true) {
            return Err(Error::invalid("a room has one logo").advise("copy the template's, or give another"));
        }
        let request = self.request;
        let wanted = Wanted {
            kind: Kind::Room,
            call: Call::new("create_room_from_template", self.template.to_string()),
            source: self.template,
            title: request.title.clone(),
            tags: request.tags.clone().unwrap_or_default(),
            logo: WantedLogo::new(request.logo.is_some(), request.copy_logo),
            shares: None,
        };
        start(self.portal, wanted, move |portal| {
            let request = request.clone();
            async move {
                let answer = portal.api().create_room_from_template().body(request).send().await;
                answer.map(|answer| answer.into_inner().response.map(Into::into))
            }
        })
        .await
    }
}
