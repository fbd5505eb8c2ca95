//! The `docspace groups` commands.

use super::Line::{self, All, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("groups list"),
    All("groups view Clients"),
    All("groups create Deals Audit Board --icon suitcase"),
    All("groups edit Clients --name 'Clients 2027' --add-room Board --remove-room Audit"),
    All("groups delete Clients --yes"),
    Pipe("groups create Deals Audit --icon suitcase --dry-run"),
    Pipe("groups create Deals Audit Board --icon suitcase --dry-run"),
    Pipe("groups edit Clients --name Deals --icon suitcase --add-room Board --remove-room Audit --dry-run"),
    Pipe("groups delete Clients --dry-run"),
    Refused("GET /files/group", 403, "groups list"),
    Pipe("groups view Deals"),
    Pipe("groups create Deals Nosuch --icon suitcase"),
    Pipe("groups create Deals Audit --icon nosuch"),
    Pipe("groups edit Clients"),
    Pipe("groups delete Clients"),
];
