//! What is new in rooms.

use docspace_api::ClientRoomsExt;
use docspace_api::types::{News, RoomNewsDay};

use super::{RoomHandle, Rooms};
use crate::error::{Call, Result};

impl Rooms<'_> {
    /// What the caller has not seen yet, day by day and room by room.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// for day in portal.rooms().news().await? {
    ///     println!("{}: {} rooms have something new", day.date.date(), day.items.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The form of the news is the published document's: no recording shows any.
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key without a `rooms` scope.
    pub async fn news(&self) -> Result<Vec<RoomNewsDay>> {
        let call = Call::new("list_news", "");
        Ok(call.envelope(self.portal.api().list_news().send().await).await?.response.unwrap_or_default())
    }
}

impl RoomHandle {
    /// What the caller has not seen yet in this room, day by day.
    ///
    /// The form of the news is the published document's: no recording shows any.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room, `Forbidden` when one may not read it.
    pub async fn news(&self) -> Result<Vec<News>> {
        let call = Call::new("list_room_news", format!("of room {}", self.id()));
        let answer = self.portal().api().list_room_news().id(self.id()).send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }
}
