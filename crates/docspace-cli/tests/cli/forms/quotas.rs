//! The `docspace quotas` commands.

use super::Line::{self, All, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("quotas view"),
    All("quotas set 2GiB Audit Board"),
    Pipe("quotas set 2GiB Audit Board --dry-run"),
    Pipe("quotas set default Audit --dry-run"),
    Pipe("quotas view Nosuch"),
    Pipe("quotas set much Audit"),
    Refused("PUT /files/rooms/roomquota", 403, "quotas set 2GiB Audit"),
];
