//! The `docspace audit` commands.

use super::Line::{self, All, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("audit links --with-urls"),
    All("audit access"),
    All("audit guests"),
    All("audit storage"),
    Pipe("audit links --fail-on link-without-expiry"),
    Pipe("audit access --person unknown@example.com"),
    Pipe("audit guests --format pdf"),
    Refused("GET /files/rooms", 403, "audit storage"),
];
