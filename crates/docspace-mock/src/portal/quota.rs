//! The quota of rooms.

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
