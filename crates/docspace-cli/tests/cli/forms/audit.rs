//! The `docspace audit` commands and `docspace history`.

use super::Line::{self, All, AsBob, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("audit links --with-urls"),
    All("audit access"),
    All("audit guests"),
    All("audit storage"),
    All("audit events --room Audit"),
    All("audit logins"),
    All("history Audit"),
    Pipe("audit events --action RoomPainted"),
    Pipe("audit events --since 1day --until 2days"),
    AsBob("audit events"),
    Pipe("audit logins --failed"),
    Refused("GET /security/audit/login/filter", 403, "audit logins"),
    Pipe("history 4711"),
    Pipe("history Audit --since tomorrow"),
    Pipe("audit links --fail-on link-without-expiry"),
    Pipe("audit access --person unknown@example.com"),
    Pipe("audit guests --format pdf"),
    Refused("GET /files/rooms", 403, "audit storage"),
];
