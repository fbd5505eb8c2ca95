//! How much rooms may hold.

use docspace_api::ClientQuotaExt;
use docspace_api::types::{ResetRoomQuotaRequest, Room, SetRoomQuotaRequest};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::rooms::{RoomHandle, unless_archived};

impl RoomHandle {
    /// Limits the room to this many bytes. 0 is kept as 0, so nothing more goes in; see also
    /// [`remove_quota`](Self::remove_quota) and [`reset_quota`](Self::reset_quota).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// let room = portal.room(&room).set_quota(10 * 1024 * 1024 * 1024).await?;
    /// println!("at most {:?} bytes", room.quota_limit); // none where the portal's quotas are switched off
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room, `Forbidden` when one may not.
    pub async fn set_quota(&self, bytes: u64) -> Result<Room> {
        let bytes =
            i64::try_from(bytes).map_err(|_| Error::invalid(format!("{bytes} bytes are too many for a quota")))?;
        self.put_quota(bytes).await
    }

    /// Lets the room hold as much as the portal does.
    ///
    /// # Errors
    ///
    /// As for [`set_quota`](Self::set_quota).
    pub async fn remove_quota(&self) -> Result<Room> {
        self.put_quota(-1).await
    }

    /// Gives the room the portal's default quota.
    ///
    /// # Errors
    ///
    /// As for [`set_quota`](Self::set_quota).
    pub async fn reset_quota(&self) -> Result<Room> {
        // The portal answers 500 for a room that does not exist (portal-facts 6.18).
        self.get().await?;
        let call = Call::new("reset_room_quota", format!("of room {}", self.id()));
        let body = ResetRoomQuotaRequest { room_ids: vec![self.id().clone()] };
        let answer = self.portal().api().reset_room_quota().body(body).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        only(unless_archived(self.portal(), self.id(), outcome).await?, &call)
    }

    async fn put_quota(&self, quota: i64) -> Result<Room> {
        self.get().await?;
        let call = Call::new("set_room_quota", format!("of room {}", self.id()));
        let body = SetRoomQuotaRequest { room_ids: vec![self.id().clone()], quota };
        let answer = self.portal().api().set_room_quota().body(body).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        only(unless_archived(self.portal(), self.id(), outcome).await?, &call)
    }
}

/// The portal leaves out ids that it cannot read.
fn only(rooms: Vec<Room>, call: &Call) -> Result<Room> {
    let none = || Error::new(ErrorKind::NotDone, "the portal answered without the room").of(call);
    rooms.into_iter().next().ok_or_else(none)
}
