//! The `docspace files` commands.

use super::Line::{self, All, AsBob, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("files list Audit"),
    All("files view $FILE"),
    All("files upload Audit acme.png team.csv"),
    All("files edit $FILE --title renamed"),
    All("files copy $FILE --to Board"),
    All("files move $FILE --to $FOLDER"),
    All("files delete $FILE --trash"),
    Pipe("files list Board"),
    Pipe("files upload $FOLDER - --name ids.csv < ids.txt"),
    Pipe("files upload Audit acme.png --dry-run"),
    Pipe("files edit $FILE --title renamed --dry-run"),
    Pipe("files copy $FILE --to Audit --on-conflict duplicate"),
    Pipe("files copy $FILE --to Board --dry-run"),
    Pipe("files move $FILE --to Board --dry-run"),
    Pipe("files delete $FILE --yes"),
    Pipe("files delete $FILE --trash --dry-run"),
    Pipe("files list 987654"),
    Pipe("files view 987654"),
    Pipe("files upload Audit -"),
    Pipe("files upload Audit acme.png team.csv --name one.png"),
    Pipe("files upload Audit missing.png"),
    Pipe("files upload Forms acme.png"),
    AsBob("files upload 987654 acme.png"),
    Pipe("files edit $FILE --order 1"),
    Pipe("files copy $FILE --to Audit"),
    Pipe("files move 987654 --to Board"),
    Pipe("files delete $FILE"),
    Refused("GET /files/file/*", 403, "files view $FILE"),
];
