//! The two APIs of a comparison.

use crate::api::Api;

/// Which API's schema names the places of differences use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// The names of the left API.
    Left,
    /// The names of the right API.
    Right,
}

impl Names {
    /// The value of the side that gives the names.
    pub(super) fn pick<T>(self, left: T, right: T) -> T {
        if self == Self::Left { left } else { right }
    }
}

/// Both APIs, and the side that gives the names.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) left: &'a Api,
    pub(super) right: &'a Api,
    pub(super) names: Names,
}
