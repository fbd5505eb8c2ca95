//! The `docspace operations` commands.

use super::Line::{self, All, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("operations list"),
    All("operations view $OPERATION"),
    All("operations wait $OPERATION"),
    All("operations cancel $OPERATION --yes"),
    Pipe("operations cancel --all --dry-run"),
    Refused("GET /files/fileops", 401, "operations list"),
    Pipe("operations view 6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
    Pipe("operations wait --all"),
    Pipe("operations wait 6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
    Pipe("operations cancel"),
    All("operations resume ticket.json"),
    All("operations resume copied.json"),
    Pipe("operations resume key.txt"),
];
