//! The `docspace covers` commands.

use super::Line::{self, All, Refused};

pub(super) const LINES: &[Line] = &[
    All("covers list"),
    Refused("GET /files/rooms/covers", 401, "covers list"),
];
