//! Creating a template from a room.

use docspace_api::types::{CreateTemplateRequest, PeopleGroupId, Room};
use docspace_api::{ClientTemplatesExt, RoomId};

use super::job::start;
use super::outcome::{Product, Requested, RequestedLogo};
use super::shares;
use crate::brief::brief_debug;
use crate::error::{Error, Result};
use crate::people::address;
use crate::portal::Portal;
use crate::rooms::RoomHandle;
use crate::rooms::settings::common_settings;
use crate::support::input;
use crate::support::optional::optional_settings;
use crate::waiting::Operation;

impl RoomHandle {
    /// Creates a template with this title from the room: its folders and files are copied. Add more
    /// settings if needed, then call [`start`](SaveAsTemplate::start).
    pub fn save_as_template(&self, title: impl Into<String>) -> SaveAsTemplate {
        SaveAsTemplate::new(self.portal().clone(), self.id().clone(), title.into())
    }
}

/// Creates a template from a room. Returned by
/// [`RoomHandle::save_as_template`](crate::RoomHandle::save_as_template).
///
/// The template has the files, folders and settings of the room. Members, links and tags are not
/// copied, and the logo only with [`copy_logo`](Self::copy_logo). By default, only the caller can
/// use the template.
///
/// ```
/// # doc_examples::with_room(async |_, room| {
/// let operation = room
///     .save_as_template("Audit")
///     .tags(["audit"])
///     .copy_logo()
///     .start()
///     .await?;
/// let template = operation.wait().await?;
/// println!("created the template {}", template.id);
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `start` is called"]
pub struct SaveAsTemplate {
    portal: Portal,
    room: RoomId,
    request: CreateTemplateRequest,
}

brief_debug!(SaveAsTemplate, |save| room: save.room, title: format_args!("{:?}", save.request.title));

optional_settings!(SaveAsTemplate);

common_settings!(SaveAsTemplate);

impl SaveAsTemplate {
    pub(crate) fn new(portal: Portal, room: RoomId, title: String) -> Self {
        let request = CreateTemplateRequest::new(room.number().unwrap_or_default(), title);
        Self { portal, room, request }
    }

    /// Copies the logo of the room. By default, the template has no logo.
    pub fn copy_logo(mut self) -> Self {
        self.request.copy_logo = Some(true);
        self
    }

    /// Shares the template with these people, given by their e-mail addresses. By default, only the
    /// caller can use it. **The portal invites addresses that it does not know.**
    pub fn share_with_emails<T: AsRef<str>>(mut self, emails: impl IntoIterator<Item = T>) -> Self {
        self.request.share = Some(input::strings(emails));
        self
    }

    /// Shares the template with these people groups.
    pub fn share_with_groups(mut self, groups: impl IntoIterator<Item = impl Into<PeopleGroupId>>) -> Self {
        self.request.groups = Some(groups.into_iter().map(|group| group.into().0).collect());
        self
    }

    /// Shares the template with everyone who can create rooms. It is then not shared with
    /// individual people and groups.
    pub fn public(mut self) -> Self {
        self.request.public = Some(true);
        self
    }

    /// Starts to create the template. A portal creates one template at a time, so this call waits
    /// while the portal creates another one.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the title is blank or longer than 170 characters,
    ///   the color is not a color, a tag is empty or longer than 255 characters, an address is not
    ///   an e-mail address, both logos are requested, or the room is in third-party storage.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no `files` scope.
    /// - [`Timeout`](crate::ErrorKind::Timeout): another template was still being created at the
    ///   [deadline](crate::waiting::WaitPolicy::deadline), by default 10 minutes. Nothing was sent.
    ///
    /// Waiting for the operation fails with [`NotFound`](crate::ErrorKind::NotFound) if the room
    /// does not exist. It fails with [`NotDone`](crate::ErrorKind::NotDone) if the caller is not
    /// allowed to use the room, and if the template was created but is not shared as requested.
    #[doc(alias = "send")]
    pub async fn start(mut self) -> Result<Operation<Room>> {
        self.request.title = input::template_title(&self.request.title)?.to_owned();
        if self.room.number().is_none() {
            return Err(Error::invalid("a room in third-party storage cannot become a template"));
        }
        self.check_common_settings()?;
        if self.request.logo.is_some() && self.request.copy_logo == Some(true) {
            return Err(
                Error::invalid("a template has one logo").advise("copy the logo of the room, or give a new one")
            );
        }
        // The portal ignores an address that is not an e-mail address.
        for email in self.request.share.iter_mut().flatten() {
            *email = address(email)?;
        }
        let request = self.request;
        let requested = Requested {
            product: Product::Template,
            shares: shares::of_request(&request),
            source: self.room,
            title: request.title.clone(),
            tags: request.tags.clone().unwrap_or_default(),
            logo: RequestedLogo::new(request.logo.is_some(), request.copy_logo),
        };
        start(self.portal, requested, move |portal| {
            let request = request.clone();
            async move {
                let answer = portal.api().create_template().body(request).send().await;
                answer.map(|answer| answer.into_inner().response.map(Into::into))
            }
        })
        .await
    }
}
