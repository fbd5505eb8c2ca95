//! What the generated ids are made of.

use uuid::Uuid;

use crate::types::{KeyId, LinkId, MemberId, OperationId, PeopleGroupId, PersonId, RoomGroupId};

macro_rules! uuid_ids {
    ($($name:ident),+) => {
        $(
            impl $name {
                /// The id as a UUID.
                pub const fn uuid(self) -> Uuid {
                    self.0
                }
            }
        )+
    };
}

uuid_ids!(KeyId, LinkId, MemberId, OperationId, PeopleGroupId, PersonId);

impl RoomGroupId {
    /// The id as a number.
    pub const fn number(self) -> i32 {
        self.0
    }
}
