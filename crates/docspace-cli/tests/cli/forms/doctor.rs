//! `docspace doctor`.

use super::Line::{self, All, Refused};

pub(super) const LINES: &[Line] = &[
    All("doctor"),
    Refused("GET /settings/version/build", 502, "doctor"),
    Refused("GET /people/@self", 401, "doctor"),
];
