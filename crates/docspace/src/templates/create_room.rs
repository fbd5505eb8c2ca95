//! Creating a room from a template.

use docspace_api::types::{CreateRoomFromTemplateRequest, Room};
use docspace_api::{ClientTemplatesExt, RoomId};

use super::job::start;
use super::outcome::{Product, Requested, RequestedLogo};
use crate::brief::brief_debug;
use crate::error::{Error, Result};
use crate::portal::Portal;
use crate::rooms::settings::{common_settings, room_settings};
use crate::support::input;
use crate::support::optional::optional_settings;
use crate::waiting::Operation;

/// Creates a room from a template. Returned by
/// [`TemplateHandle::create_room`](crate::templates::TemplateHandle::create_room).
///
/// The room has the files and folders of the template. Members, links, tags, lifetime and watermark
/// are not copied, and the logo only with [`copy_logo`](Self::copy_logo).
///
/// ```
/// # doc_examples::with_template(async |_, template| {
/// let operation = template
///     .create_room("Audit 2027")
///     .tags(["2027"])
///     .indexing(true)
///     .start()
///     .await?;
/// let room = operation.wait().await?;
/// println!("created room {}", room.id);
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `start` is called"]
pub struct CreateRoomFromTemplate {
    portal: Portal,
    template: RoomId,
    request: CreateRoomFromTemplateRequest,
}

brief_debug!(CreateRoomFromTemplate, |create| template: create.template, title: format_args!("{:?}", create.request.title));

optional_settings!(CreateRoomFromTemplate);

common_settings!(CreateRoomFromTemplate);
room_settings!(CreateRoomFromTemplate);

impl CreateRoomFromTemplate {
    pub(super) fn new(portal: Portal, template: RoomId, title: String) -> Self {
        let request = CreateRoomFromTemplateRequest::new(template.number().unwrap_or_default(), title);
        Self { portal, template, request }
    }

    /// Copies the logo of the template. By default, the room has no logo.
    pub fn copy_logo(mut self) -> Self {
        self.request.copy_logo = Some(true);
        self
    }

    /// Starts to create the room. A portal creates one room from a template at a time, so this call
    /// waits while the portal creates another one.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the title is blank or longer than 170 characters,
    ///   the color is not a color, a tag is empty or longer than 255 characters, the lifetime is
    ///   outside 1 to 999, the watermark prints nothing or its text is longer than 255 characters,
    ///   or both logos are requested.
    /// - [`Timeout`](crate::ErrorKind::Timeout): another room was still being created at the
    ///   [deadline](crate::waiting::WaitPolicy::deadline), by default 10 minutes. Nothing was sent.
    ///
    /// Waiting for the operation fails with [`NotFound`](crate::ErrorKind::NotFound) if the
    /// template does not exist. It fails with [`NotDone`](crate::ErrorKind::NotDone) if the caller
    /// is not allowed to use the template, or if the room lacks some of the content.
    #[doc(alias = "send")]
    pub async fn start(mut self) -> Result<Operation<Room>> {
        self.request.title = input::room_title(&self.request.title)?.to_owned();
        if self.template.number().is_none() {
            return Err(Error::invalid(format!("`{}` cannot be the id of a template", self.template)));
        }
        self.check_room_settings()?;
        if self.request.logo.is_some() && self.request.copy_logo == Some(true) {
            return Err(
                Error::invalid("a room has one logo").advise("copy the logo of the template, or give a new one")
            );
        }
        let request = self.request;
        let requested = Requested {
            product: Product::Room,
            source: self.template,
            title: request.title.clone(),
            tags: request.tags.clone().unwrap_or_default(),
            logo: RequestedLogo::new(request.logo.is_some(), request.copy_logo),
            shares: Vec::new(),
        };
        start(self.portal, requested, move |portal| {
            let request = request.clone();
            async move {
                let answer = portal.api().create_room_from_template().body(request).send().await;
                answer.map(|answer| answer.into_inner().response.map(Into::into))
            }
        })
        .await
    }
}
