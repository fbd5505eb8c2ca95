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

    /// Whether the action deletes something.
    pub(super) fn is_deletion(self) -> bool {
        matches!(self, Self::DeleteRooms | Self::DeleteTemplates)
    }

    /// The verb for a dry run.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::ArchiveRooms => "archive",
            Self::RestoreRooms => "restore",
            Self::DeleteRooms | Self::DeleteTemplates => "delete",
        }
    }

    /// The verb for the summary.
    pub(super) fn past(self) -> &'static str {
        match self {
            Self::ArchiveRooms => "archived",
            Self::RestoreRooms => "restored",
            Self::DeleteRooms | Self::DeleteTemplates => "deleted",
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

    /// Returns a number with its noun, such as `2 rooms`.
    pub(super) fn counted(self, count: usize) -> String {
        let ending = if count == 1 { "" } else { "s" };
        format!("{count} {}{ending}", self.noun())
    }

    /// Returns a message such as `already archived: 17 18`.
    pub(super) fn already(self, ids: &[RoomId]) -> String {
        let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
        format!("already {}: {}", self.state(), ids.join(" "))
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
