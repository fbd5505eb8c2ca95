//! `docspace api`.

use super::Line::{self, All, AsBob, Pipe};

pub(super) const LINES: &[Line] = &[
    All("api files/tags"),
    All("api PUT files/rooms/5 -f title=Audits --jq .response.title"),
    Pipe("api POST files/rooms -f title=Deal -F roomType=5 --dry-run"),
    Pipe("api files/rooms/4711"),
    AsBob("api DELETE files/tags -f names=audit"),
    Pipe("api FETCH files/tags"),
];
