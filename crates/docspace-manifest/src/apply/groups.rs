//! Adds rooms to the caller's own room groups, and removes them.

use std::collections::HashMap;

use docspace::rooms::RoomGroupId;
use docspace::{Portal, RoomId};

use super::failure::ApplyError;
use crate::plan::Action;

/// The room groups of the caller, read when they are needed.
pub(super) struct Groups<'p> {
    portal: &'p Portal,
    known: Option<HashMap<String, RoomGroupId>>,
}

impl<'p> Groups<'p> {
    pub(super) fn new(portal: &'p Portal) -> Self {
        Self { portal, known: None }
    }

    pub(super) async fn carry_out(&mut self, room: &RoomId, action: &Action) -> Result<(), ApplyError> {
        let groups = self.portal.room_groups();
        match action {
            Action::AddToGroup { group } => match self.find(group).await? {
                Some(id) => drop(groups.add(id, [room]).await?),
                None => {
                    let cover = self.portal.covers().await?.into_iter().next().ok_or(ApplyError::NoCover)?;
                    let created = groups.create(group.clone(), cover.id, [room]).await?;
                    self.known.get_or_insert_default().insert(group.clone(), created.id);
                }
            },
            Action::RemoveFromGroup { group } => {
                if let Some(id) = self.find(group).await? {
                    groups.remove(id, [room]).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    async fn find(&mut self, name: &str) -> Result<Option<RoomGroupId>, ApplyError> {
        if self.known.is_none() {
            let groups = self.portal.room_groups().list().await?;
            self.known = Some(groups.into_iter().map(|group| (group.name, group.id)).collect());
        }
        Ok(self.known.as_ref().and_then(|known| known.get(name)).copied())
    }
}
