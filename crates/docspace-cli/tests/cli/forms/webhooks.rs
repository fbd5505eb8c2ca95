//! The `docspace webhooks` commands. Those that make the portal call an address are dry runs here.

use super::Line::{self, All, AsBob, Pipe, Refused};

pub(super) const LINES: &[Line] = &[
    All("webhooks list"),
    All("webhooks view crm"),
    All("webhooks create backup https://hooks.acme.com/d --trigger room.created --target 17 --dry-run"),
    All("webhooks edit crm --trigger room.created --trigger room.archived --active off --dry-run"),
    All("webhooks delete crm --yes"),
    All("webhooks log crm"),
    All("webhooks retry 1001"),
    All("webhooks triggers"),
    Pipe("webhooks create backup https://hooks.acme.com/d --dry-run"),
    Pipe("webhooks edit crm --all-triggers --no-target --secure on --new-secret --dry-run"),
    Pipe("webhooks delete crm --dry-run"),
    Pipe("webhooks retry 1001 --dry-run"),
    Refused("GET /settings/webhook", 403, "webhooks list"),
    Pipe("webhooks view backup"),
    Pipe("webhooks create backup hooks.acme.com --secret-stdin < password.txt"),
    Pipe("webhooks create backup https://hooks.acme.com/d --trigger room.painted"),
    Pipe("webhooks create backup https://hooks.acme.com/d"),
    Pipe("webhooks create backup https://hooks.acme.com/d --target Deal --secret-stdin < password.txt"),
    Pipe(
        "webhooks create backup https://hooks.acme.com/d --target 17 --trigger user.created --secret-stdin < password.txt",
    ),
    Pipe("webhooks edit crm --target Deal"),
    Pipe("webhooks create backup http://hooks.acme.com/d --secure on --dry-run"),
    Pipe("webhooks retry 1001 0"),
    Pipe("webhooks log crm --state waiting"),
    Pipe("webhooks log crm --failed"),
    Pipe("webhooks log crm --state lost"),
    Pipe("webhooks edit crm"),
    Pipe("webhooks delete crm"),
    Refused("GET /settings/webhooks/log", 403, "webhooks log"),
    Pipe("webhooks retry 987654"),
    AsBob("webhooks delete 1 --yes"),
    Refused("GET /settings/webhook/triggers", 403, "webhooks triggers"),
];
