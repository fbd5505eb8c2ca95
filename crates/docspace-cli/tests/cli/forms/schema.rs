//! `docspace schema`.

use super::Line::{self, All, Pipe};

pub(super) const LINES: &[Line] = &[
    All("schema keys scopes"),
    Pipe("schema quotas"),
    Pipe("schema rooms lsit"),
];
