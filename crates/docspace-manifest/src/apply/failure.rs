//! Why something was not done.

use std::sync::Arc;

use docspace::RoomId;

use crate::problem::Problems;
use crate::values::FolderPath;

/// Why a plan or an action of it was not carried out.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The plan has problems, so nothing of it is done.
    #[error("{0}")]
    Problems(Problems),
    /// New members have no account on the portal, so nothing of the plan is done.
    #[error("these people have no account on the portal: {}; check the spelling, or invite them", .0.join(", "))]
    WithoutAccount(Vec<String>),
    /// A call failed.
    #[error("{0}")]
    Call(#[from] docspace::Error),
    /// Another program created a room with the title and the type after the plan was made.
    #[error("there is a room with this title and type now, with the id {0}; make a new plan")]
    RoomExists(RoomId),
    /// The plan has changes of a room that it neither found nor creates.
    #[error("the plan is incomplete: it does not create the room; make a new plan")]
    NoRoom,
    /// The variable with the password of a link is not set.
    #[error("the variable {0} with the password of the link is not set")]
    NoPassword(String),
    /// A picture cannot be read.
    #[error("the picture `{0}` cannot be read: {1}")]
    Picture(String, Arc<std::io::Error>),
    /// A folder is not there: one in which another is to be created, or one whose creation the
    /// portal has confirmed.
    #[error("the room does not have the folder `{0}` now; make a new plan")]
    NoFolder(FolderPath),
    /// Another program created a folder with the same path after the plan was made, so it is not
    /// certain in which of them to create another folder.
    #[error("the room has several folders `{0}` now; make a new plan")]
    SeveralFolders(FolderPath),
    /// The portal has no cover, which a room group needs as its icon.
    #[error("the portal has no covers, and a room group needs one as its icon")]
    NoCover,
}

impl ApplyError {
    /// Whether every further call would fail in the same way: the portal cannot be reached, does
    /// not accept the credentials, or does not allow more calls.
    pub(super) fn ends_the_run(&self) -> bool {
        match self {
            Self::Call(error) => error.is_transport() || error.is_unauthorized() || error.is_rate_limited(),
            _ => false,
        }
    }
}
