//! The `docspace members` commands.

use super::Line::{self, All, AsBob, Pipe};

pub(super) const LINES: &[Line] = &[
    All("members list Audit"),
    All("members add Audit bob@example.com --access read"),
    All("members add Vault --file team.csv --access read"),
    All("members edit Audit ann@example.com --access read"),
    All("members remove Audit ann@example.com --yes"),
    All("members resend Audit --all"),
    All("members sync Audit --file team.csv --yes"),
    Pipe("members add Audit bob@example.com --access read --dry-run"),
    Pipe("members edit Audit ann@example.com --access read --dry-run"),
    Pipe("members remove Audit ann@example.com --dry-run"),
    Pipe("members resend Audit --all --dry-run"),
    Pipe("members list Nosuch"),
    AsBob("members list 5"),
    Pipe("members add Audit unknown@example.com --access read"),
    Pipe("members edit Audit bob@example.com --access read"),
    Pipe("members remove Audit bob@example.com --yes"),
    Pipe("members resend Audit"),
    Pipe("members resend Audit ann@example.com"),
    Pipe("members sync Audit --file team.csv --dry-run"),
    Pipe("members sync Audit --file nosuch.csv --yes"),
    Pipe("invite"),
];
