//! What can be done with several rooms or templates.

use docspace::RoomId;

use crate::failure::UnknownOutcome;
use crate::hints;

/// What to do with each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    ArchiveRooms,
    RestoreRooms,
    DeleteRooms,
    DeleteTemplates,
}

impl Action {
    /// What it is done to.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::ArchiveRooms | Self::RestoreRooms | Self::DeleteRooms => "room",
            Self::DeleteTemplates => "template",
        }
    }

    /// What is going on while it is done.
    pub(super) fn participle(self) -> &'static str {
        match self {
            Self::ArchiveRooms => "archiving",
            Self::RestoreRooms => "restoring",
            Self::DeleteRooms | Self::DeleteTemplates => "deleting",
        }
    }

    /// The state of a room or template afterwards.
    pub(super) fn state(self) -> &'static str {
        match self {
            Self::ArchiveRooms => "archived",
            Self::RestoreRooms => "active",
            Self::DeleteRooms | Self::DeleteTemplates => "deleted",
        }
    }

    /// What is unknown if this breaks off.
    pub(super) fn unknown_outcome(self, id: &RoomId) -> UnknownOutcome {
        let check = match self {
            Self::DeleteTemplates => hints::TEMPLATES.to_owned(),
            _ => hints::room(id),
        };
        UnknownOutcome::new(format!("whether {} {id} is {}", self.noun(), self.state()), check)
    }
}
