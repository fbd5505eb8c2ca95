//! Making a template from a room.

use docspace_api::types::{CreateTemplateRequest, PeopleGroupId, Room};
use docspace_api::{ClientTemplatesExt, RoomId};

use super::job::start;
use super::outcome::{Kind, Wanted, WantedLogo};
use super::shares::Shares;
use crate::error::{Call, Error, Result};
use crate::people::address;
use crate::portal::Portal;
use crate::rooms::RoomHandle;
use crate::rooms::settings::common_settings;
use crate::support::input;
use crate::waiting::Operation;

impl RoomHandle {
    /// Makes a template of this title from the room: say what it shall have, then `start`.
    pub fn save_as_template(&self, title: impl Into<String>) -> SaveAsTemplate {
        SaveAsTemplate::new(self.portal().clone(), self.id().clone(), title.into())
    }
}

/// A template to be made. Made by [`RoomHandle::save_as_template`](crate::RoomHandle::save_as_template).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let making = portal.room(&room).save_as_template("Audit").copy_logo().tags(["audit"]).start().await?;
/// let template = making.wait().await?;
/// assert!(template.is_template() && template.id != room.id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `start` is called"]
pub struct SaveAsTemplate {
    portal: Portal,
    room: RoomId,
    request: CreateTemplateRequest,
}

common_settings!(SaveAsTemplate);

impl SaveAsTemplate {
    pub(crate) fn new(portal: Portal, room: RoomId, title: String) -> Self {
        let request = CreateTemplateRequest::new(room.number().unwrap_or_default(), title);
        Self { portal, room, request }
    }

    /// Copies the room's logo.
    pub fn copy_logo(mut self) -> Self {
        self.request.copy_logo = Some(true);
        self
    }

    /// Lets these people use it, by their e-mail addresses. Addresses that the portal does not know are invited to it.
    pub fn share_with<T: Into<String>>(mut self, emails: impl IntoIterator<Item = T>) -> Self {
        self.request.share = Some(emails.into_iter().map(Into::into).collect());
        self
    }

    /// Lets these groups of people use it.
    pub fn share_with_groups(mut self, groups: impl IntoIterator<Item = impl Into<PeopleGroupId>>) -> Self {
        self.request.groups = Some(groups.into_iter().map(|group| group.into().0).collect());
        self
    }

    /// Lets everybody use it who may create rooms. Then it is shared with nobody in particular.
    pub fn public(mut self) -> Self {
        self.request.public = Some(true);
        self
    }

    /// Starts to make the template. A portal makes one at a time, so this waits while it makes another.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long title, a colour or address that is none, and for a room in third-party storage.
    /// Missing rights and rooms show only while waiting, which ends with `NotDone` too when the template is there but not
    /// shared with all it should be.
    pub async fn start(mut self) -> Result<Operation<Room>> {
        self.request.title = input::template_title(&self.request.title)?.to_owned();
        if self.room.number().is_none() {
            return Err(Error::invalid("a room in third-party storage cannot become a template"));
        }
        self.check_common_settings()?;
        if self.request.logo.is_some() && self.request.copy_logo == Some(true) {
            return Err(Error::invalid("a template has one logo").advise("copy the room's, or give another"));
        }
        // The portal ignores an address that is none.
        for email in self.request.share.iter_mut().flatten() {
            *email = address(email)?;
        }
        let call = Call::new("create_template", format!("from room {}", self.room));
        let request = self.request;
        let wanted = Wanted {
            kind: Kind::Template,
            shares: Shares::wanted(&self.portal, &call, &request),
            call,
            source: self.room,
            title: request.title.clone(),
            tags: request.tags.clone().unwrap_or_default(),
            logo: WantedLogo::new(request.logo.is_some(), request.copy_logo),
        };
        start(self.portal, wanted, move |portal| {
            let request = request.clone();
            async move {
                let answer = portal.api().create_template().body(request).send().await;
                answer.map(|answer| answer.into_inner().response.map(Into::into))
            }
        })
        .await
    }
}
