//! Copying or moving, as a word.

/// Whether entries are copied or moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Copy,
    Move,
}

impl Way {
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Move => "move",
        }
    }

    pub(super) fn activity(self) -> &'static str {
        match self {
            Self::Copy => "copying",
            Self::Move => "moving",
        }
    }
}
