//! `docspace explain`.

use super::Line::{self, All, Pipe};

pub(super) const LINES: &[Line] = &[
    All("explain links/expiry-dates"),
    Pipe("explain nosuchword"),
];
