//! The `docspace keys` commands.

use super::Line::{self, All, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("keys list"),
    All("keys view nightly"),
    All("keys create report --scope rooms:read --scope accounts:read --expires-in-days 90"),
    All("keys edit nightly --name weekly --active off"),
    All("keys rotate nightly"),
    All("keys delete nightly --yes"),
    All("keys scopes"),
    Pipe("keys create report --scope rooms:read --expires-in-days 90 --dry-run"),
    Pipe("keys create report --dry-run"),
    Pipe("keys edit nightly --name weekly --scope files:read --active off --dry-run"),
    Pipe("keys rotate nightly --dry-run"),
    Pipe("keys delete nightly --dry-run"),
    Refused("GET /keys", 403, "keys list"),
    Pipe("keys view weekly"),
    Pipe("keys create a-name-that-is-longer-than-the-portal-allows"),
    Pipe("keys edit nightly"),
    Pipe("keys rotate weekly"),
    Pipe("keys delete nightly"),
    Pipe("keys scopes --json name"),
];
