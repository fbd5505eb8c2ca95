//! One template.

use docspace_api::types::{Room, SetTemplatePublicRequest};
use docspace_api::{ClientTemplatesExt, RoomId};

use super::CreateRoomFromTemplate;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::{EditRoom, Lifecycle, RoomHandle, RoomRef, Target, read_room};
use crate::waiting::{Operation, Terms};

/// One template of a portal. Made by [`Portal::template`], which sends nothing, so the template may not exist.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// # let course = portal.room(&room).save_as_template("Course").start().await?.wait().await?;
/// let template = portal.template(&course); // or its id: portal.template(17)
/// template.set_public(true).await?; // for everybody who may create rooms
/// let room = template.create_room("Course 2027").start().await?.wait().await?;
/// assert_eq!(room.title, "Course 2027");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct TemplateHandle {
    portal: Portal,
    template: RoomRef,
}

impl TemplateHandle {
    pub(crate) fn new(portal: Portal, template: RoomRef) -> Self {
        Self { portal, template }
    }

    pub(super) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// The template's id.
    pub fn id(&self) -> &RoomId {
        &self.template.id
    }

    /// Reads the template.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is none, `Invalid` when the id is that of something else, `Forbidden` when one may not read
    /// it.
    pub async fn get(&self) -> Result<Room> {
        let room = read_room(&self.portal, &self.template.id).await?;
        if room.is_template() {
            Ok(room)
        } else {
            let what = format!("`{}` ({}) is a room, not a template", room.title, room.id);
            Err(Error::invalid(what).advise("list the templates to find the id"))
        }
    }

    /// Makes a room of this title from the template: say what it shall have, then `start`.
    pub fn create_room(&self, title: impl Into<String>) -> CreateRoomFromTemplate {
        CreateRoomFromTemplate::new(self.portal.clone(), self.template.id.clone(), title.into())
    }

    /// Changes the template: say what, then `send`. Rooms that were made from it stay as they are.
    ///
    /// A portal takes this, and the title, tags and pins of this handle, for the id of a room as well; [`get`](Self::get)
    /// tells them apart.
    pub fn edit(&self) -> EditRoom {
        self.as_room().edit()
    }

    /// Renames the template.
    ///
    /// # Errors
    ///
    /// As [`EditRoom::send`]; `Forbidden` for anybody but its owner.
    pub async fn rename(&self, title: impl Into<String>) -> Result<Room> {
        self.edit().title(title).send().await
    }

    /// Gives the template more tags.
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::add_tags`]; `Forbidden` for anybody but its owner and administrators.
    pub async fn add_tags<T: Into<String>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        self.as_room().add_tags(tags).await
    }

    /// Takes tags off the template.
    ///
    /// # Errors
    ///
    /// As for [`add_tags`](Self::add_tags).
    pub async fn remove_tags<T: Into<String>>(&self, tags: impl IntoIterator<Item = T>) -> Result<Room> {
        self.as_room().remove_tags(tags).await
    }

    /// Pins the template to the top of the caller's list of templates.
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::pin`].
    pub async fn pin(&self) -> Result<Room> {
        self.as_room().pin().await
    }

    /// Takes the template's pin away.
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::pin`].
    pub async fn unpin(&self) -> Result<Room> {
        self.as_room().unpin().await
    }

    /// A portal changes, tags and pins templates as it does rooms (portal-facts 6.0, 8.2).
    fn as_room(&self) -> RoomHandle {
        RoomHandle::new(self.portal.clone(), self.template.clone())
    }

    /// Whether everybody who may create rooms may use the template.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such template, `Forbidden` when one may not read it. An ordinary room is public to
    /// nobody.
    pub async fn is_public(&self) -> Result<bool> {
        let call = Call::new("get_template_public", format!("of template {}", self.template.id));
        let answer = self.portal.api().get_template_public().id(self.number()?).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Lets everybody who may create rooms use the template, or nobody any more, and looks whether it is so. Either way
    /// those whom it was shared with in particular lose it.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get), which is asked first: a portal would do this to any room. `Forbidden` for anybody but
    /// its owner. `NotDone` when the portal answered as if it were done and did not do it.
    pub async fn set_public(&self, on: bool) -> Result<()> {
        self.get().await?;
        let call = Call::new("set_template_public", format!("of template {}", self.template.id));
        let body = SetTemplatePublicRequest { id: self.number()?, public: on };
        call.envelope(self.portal.api().set_template_public().body(body).send().await).await?;
        if self.is_public().await? != on {
            return Err(Error::new(ErrorKind::NotDone, "the portal answered, but left it as it was").of(&call));
        }
        Ok(())
    }

    fn number(&self) -> Result<i32> {
        let none = || Error::invalid(format!("`{}` cannot be the id of a template", self.template.id));
        self.template.id.number().ok_or_else(none)
    }

    /// Starts to delete the template for good. Rooms made from it stay.
    ///
    /// # Errors
    ///
    /// - `Forbidden`: the caller does not own the template.
    /// - Otherwise as for [`get`](Self::get).
    pub async fn delete(self) -> Result<Operation<()>> {
        self.delete_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn delete_with(&self, terms: &Terms) -> Result<Operation<()>> {
        Lifecycle::new(&self.portal, &self.template.id, Target::Gone).delete(terms, self.get()).await
    }
}
