//! Limits on the size of a room.

use docspace_api::ClientQuotaExt;
use docspace_api::types::{ResetRoomQuotaRequest, Room, SetRoomQuotaRequest};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::rooms::settings::NO_QUOTA;
use crate::rooms::{RoomHandle, with_archive_advice};

impl RoomHandle {
    /// Limits the size of the room to this number of bytes. With 0, the room accepts no more files.
    ///
    /// To remove the limit, use [`remove_quota`](Self::remove_quota). To return to the portal's
    /// default, use [`reset_quota`](Self::reset_quota). Quotas have an effect only while the
    /// portal's room quotas are turned on.
    ///
    /// ```
    /// # doc_examples::with_room(async |_, room| {
    /// let ten_gib = 10 * 1024 * 1024 * 1024;
    /// let room = room.set_quota(ten_gib).await?;
    /// println!("{:?}", room.quota_limit); // `None` while the portal's room quotas are turned off
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the number of bytes is larger than 2^63 - 1.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to set the quota,
    ///   the room is archived, or the quota is larger than that of the portal.
    pub async fn set_quota(&self, bytes: u64) -> Result<Room> {
        let bytes =
            i64::try_from(bytes).map_err(|_| Error::invalid(format!("a quota of {bytes} bytes is too large")))?;
        self.put_quota(bytes).await
    }

    /// Removes the limit on the size of the room. Only the quota of the portal then limits it.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to set the quota, or
    ///   the room is archived.
    pub async fn remove_quota(&self) -> Result<Room> {
        self.put_quota(NO_QUOTA).await
    }

    /// Sets the quota of the room to the portal's default.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to set the quota, or
    ///   the room is archived.
    pub async fn reset_quota(&self) -> Result<Room> {
        // The portal answers with status 500 for a room that does not exist
        // (docs/portal/tags-groups-logos-quotas.md#setting-quotas-of-many-rooms).
        self.get().await?;
        let call = Call::new("reset_room_quota", format!("of room {}", self.id()));
        let body = ResetRoomQuotaRequest { room_ids: vec![self.id().clone()] };
        let answer = self.portal().api().reset_room_quota().body(body).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        single_room(with_archive_advice(self.portal(), self.id(), outcome).await?, &call)
    }

    async fn put_quota(&self, quota: i64) -> Result<Room> {
        self.get().await?;
        let call = Call::new("set_room_quota", format!("of room {}", self.id()));
        let body = SetRoomQuotaRequest { room_ids: vec![self.id().clone()], quota };
        let answer = self.portal().api().set_room_quota().body(body).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        single_room(with_archive_advice(self.portal(), self.id(), outcome).await?, &call)
    }
}

/// Returns the only room in an answer. The portal leaves out ids that it cannot read
/// (docs/portal/tags-groups-logos-quotas.md#setting-quotas-of-many-rooms).
fn single_room(rooms: Vec<Room>, call: &Call) -> Result<Room> {
    let missing = || {
        Error::new(ErrorKind::NotDone, "the portal reported success, but its answer does not contain the room").of(call)
    };
    rooms.into_iter().next().ok_or_else(missing)
}
