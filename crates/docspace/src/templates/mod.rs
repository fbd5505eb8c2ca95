//! Room templates, and the rooms that are created from them.
//!
//! Start with [`Portal::templates`], [`Portal::template`] for one, and
//! [`RoomHandle::save_as_template`](crate::RoomHandle::save_as_template).

mod create;
mod create_room;
mod handle;
mod job;
mod outcome;
mod share;
mod shares;

pub use create::SaveAsTemplate;
pub use create_room::CreateRoomFromTemplate;
use docspace_api::SearchArea;
use docspace_api::types::Room;
pub use docspace_api::types::TemplateStatus;
pub use handle::TemplateHandle;

use crate::error::Result;
use crate::portal::Portal;
use crate::rooms::{Bulk, ListRooms, RoomRef, distinct};

impl Portal {
    /// The portal's room templates.
    pub fn templates(&self) -> Templates<'_> {
        Templates::new(self)
    }

    /// One template, by its id or as it was read. Nothing is sent.
    pub fn template(&self, template: impl Into<RoomRef>) -> TemplateHandle {
        TemplateHandle::new(self.clone(), template.into())
    }
}

/// The room templates of a portal. Made by [`Portal::templates`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// # let template = portal.room(&room).save_as_template("Course").tags(["school"]);
/// # template.start().await?.wait().await?;
/// let course = portal.templates().find("Course").await?.expect("there is one");
/// let courses = portal.templates().list().tag("school").all().await?;
/// assert_eq!(courses[0].id, course.id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Templates<'p> {
    portal: &'p Portal,
}

impl<'p> Templates<'p> {
    pub(crate) fn new(portal: &'p Portal) -> Self {
        Self { portal }
    }

    /// The templates that the caller owns or may use.
    pub fn list(&self) -> ListRooms {
        ListRooms::new(self.portal.clone()).area(SearchArea::Templates)
    }

    /// The template of exactly this title, if there is one.
    ///
    /// # Errors
    ///
    /// As for [`ListRooms::find`].
    pub async fn find(&self, title: &str) -> Result<Option<Room>> {
        self.list().find(title).await
    }

    /// Deletes many templates for good and waits until each is gone, as [`TemplateHandle::delete`].
    /// A template given twice is deleted once.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// # portal.room(&room).save_as_template("Course").start().await?.wait().await?;
    /// let old = portal.templates().list().search("Course").all().await?;
    /// let deleted = portal.templates().delete_many(&old).finish().await;
    /// assert_eq!(deleted.done.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_many<R: Into<RoomRef>>(&self, templates: impl IntoIterator<Item = R>) -> Bulk<()> {
        let portal = self.portal.clone();
        let templates = distinct(templates.into_iter().map(Into::into));
        Bulk::operations(self.portal.wait_policy(), templates, move |template, terms| {
            let template = portal.template(template);
            Box::pin(async move { template.delete_with(&terms).await })
        })
    }
}
