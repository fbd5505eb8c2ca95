//! The `docspace tags` commands.

use super::Line::{self, All, AsBob, Pipe};

pub(super) const LINES: &[Line] = &[
    All("tags list"),
    All("tags create deal"),
    All("tags rename audit audits"),
    All("tags delete audit --yes"),
    Pipe("tags create deal --dry-run"),
    Pipe("tags rename audit audits --dry-run"),
    Pipe("tags delete audit --dry-run"),
    Pipe("tags list --json name"),
    Pipe("tags create audit"),
    AsBob("tags create deal"),
    Pipe("tags rename nosuch audits"),
    Pipe("tags delete audit"),
    Pipe("tags delete nosuch --yes"),
];
