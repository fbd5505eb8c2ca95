//! The actions on several rooms or templates.

use docspace::RoomId;

use crate::failure::UnknownOutcome;
use crate::hints;
use crate::records::OutcomeState;

/// An action on each of several rooms or templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    ArchiveRooms,
    RestoreRooms,
    DeleteRooms,
    DeleteTemplates,
}

impl Action {
    /// The noun for the target of the action.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::ArchiveRooms | Self::RestoreRooms | Self::DeleteRooms => "room",
            Self::DeleteTemplates => "template",
        }
    }

    /// The verb for the progress bar.
    pub(super) fn participle(self) -> &'static str {
        match self {
            Self::ArchiveRooms => "archiving",
            Self::RestoreRooms => "restoring",
            Self::DeleteRooms | Self::DeleteTemplates => "deleting",
        }
    }

    /// The state of a room or template after the action.
    pub(super) fn state(self) -> OutcomeState {
        match self {
            Self::ArchiveRooms => OutcomeState::Archived,
            Self::RestoreRooms => OutcomeState::Active,
            Self::DeleteRooms | Self::DeleteTemplates => OutcomeState::Deleted,
        }
    }

    /// The open question if the action is interrupted or its result is lost.
    pub(super) fn unknown_outcome(self, id: &RoomId) -> UnknownOutcome {
        let check = match self {
            Self::DeleteTemplates => hints::TEMPLATES.to_owned(),
            _ => hints::room(id),
        };
        UnknownOutcome::new(format!("whether {} {id} is {}", self.noun(), self.state()), check)
    }
}
