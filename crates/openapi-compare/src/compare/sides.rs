//! The two APIs of a comparison.

use crate::api::Api;

/// Whose names of schemas the places of differences use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Those of the left API.
    Left,
    /// Those of the right API.
    Right,
}

impl Names {
    /// The one of the two that belongs to the side with the names.
    pub(super) fn pick<T>(self, left: T, right: T) -> T {
        if self == Self::Left { left } else { right }
    }
}

/// Both APIs, and which of them gives the names.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) left: &'a Api,
    pub(super) right: &'a Api,
    pub(super) names: Names,
}
