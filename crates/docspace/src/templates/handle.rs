//! One template: read, change, publish and delete it.

use docspace_api::types::{Room, SetTemplatePublicRequest};
use docspace_api::{ClientTemplatesExt, RoomId};

use super::CreateRoomFromTemplate;
use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::history::ListHistory;
use crate::portal::Portal;
use crate::rooms::{EditRoom, Lifecycle, RoomHandle, RoomRef, Target, read_room};
use crate::waiting::{Operation, Terms};

/// One template of a portal. Returned by [`Portal::template`], which sends nothing, so the template
/// may not exist.
///
/// ```
/// # doc_examples::with_template(async |portal, audit| {
/// let template = portal.template(audit.id()); // or a number: portal.template(17)
/// template.set_public(true).await?;
/// let room = template.create_room("Audit 2027").start().await?.wait().await?;
/// println!("created room {}", room.id);
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct TemplateHandle {
    portal: Portal,
    template: RoomRef,
}

brief_debug!(TemplateHandle, |handle| id: handle.template.id);

impl From<TemplateHandle> for RoomRef {
    fn from(template: TemplateHandle) -> Self {
        template.template
    }
}

impl From<&TemplateHandle> for RoomRef {
    fn from(template: &TemplateHandle) -> Self {
        template.template.clone()
    }
}

impl TemplateHandle {
    pub(crate) fn new(portal: Portal, template: RoomRef) -> Self {
        Self { portal, template }
    }

    pub(super) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// What happened in the template. It has a history of its own. Set a period if needed, then
    /// call `stream` or `all`.
    pub fn history(&self) -> ListHistory {
        ListHistory::of_folder(self.portal.clone(), (&self.template.id).into(), "template")
    }

    /// Reads the template.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a room or a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the
    ///   template.
    pub async fn get(&self) -> Result<Room> {
        let room = read_room(&self.portal, &self.template.id).await?;
        if room.is_template() {
            Ok(room)
        } else {
            let what = format!("`{}` ({}) is a room, not a template", room.title, room.id);
            Err(Error::invalid(what).advise("list the templates to find the id"))
        }
    }

    /// Returns the id of the template.
    pub fn id(&self) -> &RoomId {
        &self.template.id
    }

    /// Creates a room with this title from the template: its folders and files are copied. Add more
    /// settings if needed, then call [`start`](CreateRoomFromTemplate::start).
    pub fn create_room(&self, title: impl Into<String>) -> CreateRoomFromTemplate {
        CreateRoomFromTemplate::new(self.portal.clone(), self.template.id.clone(), title.into())
    }

    /// Renames the template.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the title is blank or longer than 170 characters.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller does not own the template, or it
    ///   does not exist.
    pub async fn rename(&self, title: impl Into<String>) -> Result<Room> {
        self.edit().title(title).send().await
    }

    /// Changes the title or the settings of the template. Set what is to change, then call
    /// [`send`](EditRoom::send). Rooms that were created from the template stay as they are.
    ///
    /// The methods that change the title, settings, tags and pins also work with the id of a room,
    /// because a portal handles templates as rooms. To be sure that the id is that of a template,
    /// call [`get`](Self::get) first.
    pub fn edit(&self) -> EditRoom {
        self.as_room().edit()
    }

    /// Starts to delete the template and its content. **The content cannot be recovered.** Rooms
    /// that were created from the template stay.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a room or a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller does not own the template.
    /// - [`Timeout`](crate::ErrorKind::Timeout): too many other operations were still in flight at
    ///   the [deadline](crate::waiting::WaitPolicy::deadline), by default 10 minutes. Nothing was
    ///   sent.
    pub async fn delete(self) -> Result<Operation<()>> {
        self.delete_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn delete_with(&self, terms: &Terms) -> Result<Operation<()>> {
        Lifecycle::new(&self.portal, &self.template.id, Target::Gone).delete(terms, Box::pin(self.get())).await
    }

    /// Shares the template with everyone who can create rooms, or stops sharing it, and checks the
    /// result. **In both cases the individual people and groups that it was shared with lose their
    /// access.** Nothing changes if the template is already public, or already not.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a room or a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller does not own the template.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but did not do it.
    pub async fn set_public(&self, on: bool) -> Result<()> {
        self.get().await?;
        // A portal that is to publish a public template makes it private
        // (docs/portal/templates.md#publishing-a-template).
        if self.is_public().await? == on {
            return Ok(());
        }
        let call = Call::new("set_template_public", format!("of template {}", self.template.id));
        let body = SetTemplatePublicRequest { id: self.number()?, public: on };
        call.envelope(self.portal.api().set_template_public().body(body).send().await).await?;
        if self.is_public().await? != on {
            return Err(Error::new(ErrorKind::NotDone, "the portal reported success, but did not change it").of(&call));
        }
        Ok(())
    }

    /// Whether the template is shared with everyone who can create rooms. `false` for a room.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the
    ///   template.
    pub async fn is_public(&self) -> Result<bool> {
        let call = Call::new("get_template_public", format!("of template {}", self.template.id));
        let answer = self.portal.api().get_template_public().id(self.number()?).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Adds tags to the template. Tags that the portal does not have yet are created.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a tag is empty or longer than 255 characters.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is neither the owner of the
    ///   template nor an administrator of the portal with whom it is shared.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal did not store some of the tags. Some
    ///   portals cannot store emoji. The error names the missing tags.
    pub async fn add_tags<T: AsRef<str>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        self.as_room().add_tags(tags).await
    }

    /// Removes tags from the template. Removing a tag that it does not have changes nothing.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a tag is empty or longer than 255 characters.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is neither the owner of the
    ///   template nor an administrator of the portal with whom it is shared.
    pub async fn remove_tags<T: AsRef<str>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        self.as_room().remove_tags(tags).await
    }

    /// Pins the template to the top of the caller's list of templates. A person can pin ten rooms
    /// and templates.
    ///
    /// # Errors
    ///
    /// - [`Conflict`](crate::ErrorKind::Conflict): ten other rooms and templates are pinned.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the
    ///   template, or it does not exist.
    pub async fn pin(&self) -> Result<Room> {
        self.as_room().pin().await
    }

    /// Removes the caller's pin from the template.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the
    ///   template, or it does not exist.
    pub async fn unpin(&self) -> Result<Room> {
        self.as_room().unpin().await
    }

    /// The portal changes, tags and pins templates as it does rooms
    /// (docs/portal/permissions.md#a-template).
    fn as_room(&self) -> RoomHandle {
        RoomHandle::new(self.portal.clone(), self.template.clone())
    }

    fn number(&self) -> Result<i32> {
        let none = || Error::invalid(format!("`{}` cannot be the id of a template", self.template.id));
        self.template.id.number().ok_or_else(none)
    }
}
