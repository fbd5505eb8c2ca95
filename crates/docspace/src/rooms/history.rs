//! The history of a room.

use super::RoomHandle;
use crate::history::ListHistory;

impl RoomHandle {
    /// What happened in the room. Set a period if needed, then call `stream` or `all`.
    ///
    /// ```
    /// use docspace::Timestamp;
    /// use docspace::audit::AuditAction;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// for event in portal.room(&room).history().since(Timestamp::days_ago(30)).all().await? {
    ///     match event.action.id {
    ///         AuditAction::RoomRenamed => println!("renamed by {}", event.initiator.display_name),
    ///         _ => println!("{} {}", event.date, event.action.key),
    ///     }
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub fn history(&self) -> ListHistory {
        ListHistory::of_folder(self.portal().clone(), self.id().into(), "room")
    }
}
