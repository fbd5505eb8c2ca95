//! The commands for rooms as code: `docspace plan`, `apply` and `export`.

use super::Line::{self, All, Pipe};

pub(super) const LINES: &[Line] = &[
    All("plan --file rooms.yaml"),
    All("apply --file rooms.yaml --yes"),
    All("export --tag client"),
    Pipe("plan --file rooms.yaml --exit-code"),
    Pipe("plan --file rooms.yaml --format markdown"),
    Pipe("apply --file rooms.yaml --dry-run"),
    Pipe("plan --file wrong.yaml"),
    Pipe("apply --file rooms.yaml"),
    Pipe("apply --file nosuch.yaml --yes"),
    Pipe("export 4711"),
];
