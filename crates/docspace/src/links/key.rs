//! What the key of a link opens, and whether it works.

use std::fmt;

use docspace_api::types::LinkKey;
use docspace_api::{FileEntryType, LinkKeyStatus};

use crate::error::{Call, Error, ErrorKind, Result};

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    Room,
    Folder,
    File,
}

impl Opened {
    /// What the key opens. The portal leaves out `isRoom` for a file.
    pub(super) fn by(state: &LinkKey) -> Self {
        match (state.type_, state.is_room) {
            (Some(FileEntryType::File), _) => Self::File,
            (_, Some(false)) => Self::Folder,
            _ => Self::Room,
        }
    }

    /// The method for it.
    pub(super) fn advice(self) -> String {
        format!("use `Visitor::{self}`")
    }
}

impl fmt::Display for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Room => "room",
            Self::Folder => "folder",
            Self::File => "file",
        })
    }
}

pub(super) fn no_id(call: &Call) -> Error {
    Error::new(ErrorKind::Decode, "the answer does not contain the id of the room").of(call)
}

/// Returns an error unless a key with this status opens something.
pub(super) fn opens(state: &LinkKey, call: &Call) -> Result<()> {
    let (kind, reason, advice) = match state.status {
        LinkKeyStatus::Valid => return Ok(()),
        LinkKeyStatus::Expired => (ErrorKind::NotFound, "the link has expired", "ask for another link"),
        LinkKeyStatus::PasswordRequired => {
            (ErrorKind::Unauthorized, "the link requires a password", "enter the password first")
        }
        LinkKeyStatus::WrongPassword => {
            (ErrorKind::Unauthorized, "the password of the link is wrong", "correct the password")
        }
        LinkKeyStatus::AccountRequired => {
            (ErrorKind::Unauthorized, "the link is only for people with an account", "use a portal with credentials")
        }
        _ => (ErrorKind::NotFound, "the link does not exist, or its room is in the archive", "ask for another link"),
    };
    Err(Error::new(kind, reason).of(call).advise(advice))
}
