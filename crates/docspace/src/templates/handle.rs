//! One template.

use docspace_api::RoomId;
use docspace_api::types::Room;

use super::CreateRoomFromTemplate;
use crate::error::{Error, Result};
use crate::operations::{self, Goal, Operation};
use crate::portal::Portal;
use crate::rooms::{RoomRef, read_room};

/// One template of a portal. Made by [`Portal::template`], which sends nothing, so the template may not exist.
#[derive(Clone, Debug)]
pub struct TemplateHandle {
    portal: Portal,
    template: RoomRef,
}

impl TemplateHandle {
    pub(crate) fn new(portal: Portal, template: RoomRef) -> Self {
        Self { portal, template }
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

    /// Starts to delete the template for good. Rooms made from it stay.
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get); `Forbidden` for anybody but its owner.
    pub async fn delete(self) -> Result<Operation<()>> {
        self.get().await?;
        operations::start(&self.portal, self.template.id, Goal::Gone, |_| Some(())).await
    }
}
