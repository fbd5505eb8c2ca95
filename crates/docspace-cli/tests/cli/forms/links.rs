//! The `docspace links` commands.

use super::Line::{self, All, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("links list Audit"),
    All("links list --all-rooms"),
    All("links view Audit 'For the client'"),
    All("links create Audit --access read --title Visitors --expires 30days --password-stdin < password.txt"),
    All("links edit Audit 'For the client' --title Clients --no-expiry --deny-download on"),
    All("links revoke Board primary --yes"),
    All("links primary Board"),
    Pipe("links create Audit --access read --expires 30days --dry-run"),
    Pipe("links create Vault --access read --dry-run"),
    Pipe("links edit Audit 'For the client' --no-expiry --dry-run"),
    Pipe("links revoke Audit --external --dry-run"),
    All("links create folder:$FOLDER --access read --title Visitors"),
    Pipe("links list folder:$FOLDER"),
    Pipe("links create file:$FILE --access comment"),
    Pipe("links create folder:$INDEXED --access fill-forms --dry-run"),
    Pipe("links list Nosuch"),
    Pipe("links view Audit Nosuch"),
    Pipe("links create Audit --access write"),
    Refused("PUT /files/rooms/*/links", 400, "links create Audit --access read"),
    Pipe("links edit Audit"),
    Pipe("links revoke Audit 'For the client'"),
    Pipe("links primary Vault"),
    Pipe("share"),
];
