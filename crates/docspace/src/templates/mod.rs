//! Room templates, and the rooms that are created from them.
//!
//! - [`Portal::templates`]: list and find templates.
//! - [`Portal::template`]: work with one template, and create rooms from it.
//! - [`RoomHandle::save_as_template`](crate::RoomHandle::save_as_template): create a template from
//!   a room.

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
pub(crate) use job::resume;

use crate::error::Result;
use crate::portal::Portal;
use crate::rooms::{Bulk, ListRooms, RoomRef, distinct};

/// The room templates of a portal. Returned by [`Portal::templates`].
///
/// ```
/// # doc_examples::with_template(async |portal, _| {
/// let templates = portal.templates();
/// if let Some(audit) = templates.find("Audit").await? {
///     println!("the template has the id {}", audit.id);
/// }
/// for template in templates.list().tag("yearly").all().await? {
///     println!("{} {}", template.id, template.title);
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Templates {
    portal: Portal,
}

impl Templates {
    pub(crate) fn new(portal: Portal) -> Self {
        Self { portal }
    }

    /// Lists the templates that the caller owns or is allowed to use.
    pub fn list(&self) -> ListRooms {
        ListRooms::new(self.portal.clone()).area(SearchArea::Templates)
    }

    /// Finds the template with exactly this title.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the title is blank or longer than 170 characters.
    /// - [`Conflict`](crate::ErrorKind::Conflict): several templates have this title. The error
    ///   lists their ids.
    pub fn find(&self, title: &str) -> impl Future<Output = Result<Option<Room>>> + 'static {
        let (list, title) = (self.list(), title.to_owned());
        async move { list.find(&title).await }
    }

    /// Deletes many templates with all their content, and waits until each is gone; see
    /// [`TemplateHandle::delete`]. A template that is given twice is deleted once.
    ///
    /// ```
    /// # doc_examples::with_template(async |portal, _| {
    /// let old = portal.templates().list().search("2025").all().await?;
    /// let outcomes = portal.templates().delete_many(&old).finish().await;
    /// println!("deleted {} templates, {} failed", outcomes.done.len(), outcomes.failed.len());
    /// # Ok(()) });
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
