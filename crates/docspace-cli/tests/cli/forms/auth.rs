//! The `docspace auth` commands.

use super::Line::{self, All, Pipe};

pub(super) const LINES: &[Line] = &[
    All("auth login $URL --with-key < key.txt"),
    All("auth list"),
    All("auth status"),
    All("auth switch 127.0.0.1"),
    All("auth token"),
    All("auth logout acme"),
    Pipe("auth login $URL --with-key < clients.csv"),
    Pipe("auth list --json names"),
    Pipe("auth status --portal other"),
    Pipe("auth switch"),
    Pipe("auth switch other"),
    Pipe("auth token --portal other"),
    Pipe("auth logout other"),
    Pipe("login"),
    Pipe("logout"),
    Pipe("whoami"),
];
