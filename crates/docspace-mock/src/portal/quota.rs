//! The quotas of rooms and of the portal.

use crate::portal::Portal;
use crate::state::rooms::Room;
use crate::wire::bytes;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

impl Portal {
    /// The quota of a room in bytes, or -1 for no limit.
    pub(crate) fn quota_of(&self, room: &Room) -> i64 {
        room.quota.unwrap_or(self.room_quota.default)
    }

    /// The largest quota in bytes that a room or a person may have.
    pub(crate) fn largest_quota(&self) -> i64 {
        self.quota.limit.unwrap_or(i64::MAX)
    }

    /// Fails if a room may not get a quota that is so large.
    pub(crate) fn check_room_quota(&self, quota: Option<i64>) -> Result<(), Failure> {
        if quota.is_some_and(|quota| quota > self.largest_quota()) {
            return Err(Failure::refused(Message::QuotaTooLarge("room")));
        }
        Ok(())
    }

    /// The size of all files in rooms.
    pub(crate) fn used_space(&self) -> i64 {
        self.rooms.iter().map(Room::used_space).sum()
    }

    /// Fails if so many bytes more do not fit into the room.
    pub(crate) fn check_quota(&self, room: &Room, size: i64) -> Result<(), Failure> {
        let quota = self.quota_of(room);
        if !self.room_quota.enabled || quota < 0 || room.used_space() + size <= quota {
            return Ok(());
        }
        let text = format!("Room space quota exceeded ({}).", bytes::size(quota));
        Err(Failure::Thrown(Exception::Quota, Message::Plain(text)))
    }
}
