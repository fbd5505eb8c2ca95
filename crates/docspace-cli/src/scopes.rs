//! Which commands the scopes of an API key allow (docs/portal/keys-and-scopes.md#scopes-per-route).

use docspace::keys::ApiKey;

/// A scope that a command needs.
#[derive(Clone, Copy)]
struct Need {
    /// The area of the scope. `*` opens every area.
    area: &'static str,
    is_write: bool,
    /// Whether the write scope of the area includes reading it.
    write_includes_read: bool,
}

const fn read(area: &'static str) -> Need {
    Need { area, is_write: false, write_includes_read: true }
}

const fn write(area: &'static str) -> Need {
    Need { area, is_write: true, write_includes_read: true }
}

const READ_ROOMS: Need = read("rooms");
const WRITE_ROOMS: Need = write("rooms");
const READ_FILES: Need = read("files");
const WRITE_FILES: Need = write("files");
const READ_PEOPLE: Need = read("accounts");
const WRITE_PEOPLE: Need = write("accounts");
const READ_PEOPLE_GROUPS: Need = Need { area: "accounts", is_write: false, write_includes_read: false };
/// Only the scopes of all areas suffice.
const READ_ALL: Need = read("*");
const WRITE_ALL: Need = write("*");

/// A verb and the scopes that it needs.
type Verb = (&'static str, &'static [Need]);

/// The scopes that each command needs in its usual form, by noun and verb. `--debug` shows the
/// calls of a command.
const COMMANDS: &[(&str, &[Verb])] = &[
    (
        "rooms",
        &[
            ("list", &[READ_ROOMS]),
            ("view", &[READ_ROOMS]),
            ("create", &[WRITE_ROOMS]),
            ("edit", &[WRITE_ROOMS]),
            ("open", &[READ_ROOMS]),
            ("content", &[READ_FILES]),
            ("news", &[READ_ROOMS]),
            ("pin", &[WRITE_ROOMS]),
            ("unpin", &[WRITE_ROOMS]),
            ("logo", &[WRITE_ROOMS, WRITE_FILES]),
            ("owner", &[READ_ROOMS, WRITE_FILES, READ_PEOPLE]),
            ("leave", &[WRITE_ROOMS]),
            ("reorder", &[WRITE_ROOMS]),
            ("export-index", &[WRITE_ROOMS]),
            ("sync-database", &[WRITE_ROOMS]),
            ("archive", &[WRITE_ROOMS, READ_FILES]),
            ("restore", &[WRITE_ROOMS, READ_FILES]),
            ("delete", &[WRITE_ROOMS, READ_FILES]),
        ],
    ),
    (
        "members",
        &[
            ("list", &[READ_ROOMS]),
            ("add", &[WRITE_ROOMS, READ_PEOPLE]),
            ("edit", &[WRITE_ROOMS]),
            ("remove", &[WRITE_ROOMS]),
            ("sync", &[WRITE_ROOMS, READ_PEOPLE]),
            ("resend", &[WRITE_ROOMS]),
        ],
    ),
    (
        "links",
        &[
            ("list", &[READ_ROOMS]),
            ("view", &[READ_ROOMS]),
            ("create", &[WRITE_ROOMS]),
            ("edit", &[WRITE_ROOMS]),
            ("revoke", &[WRITE_ROOMS]),
            ("primary", &[READ_ROOMS]),
        ],
    ),
    (
        "templates",
        &[
            ("list", &[READ_ROOMS]),
            ("view", &[READ_ROOMS, READ_FILES]),
            ("create", &[READ_ROOMS, WRITE_FILES]),
            ("use", &[WRITE_ROOMS]),
            ("edit", &[WRITE_ROOMS, READ_FILES]),
            ("delete", &[WRITE_ROOMS, READ_FILES]),
        ],
    ),
    ("templates members", &[("list", &[READ_ROOMS]), ("add", &[WRITE_ROOMS, READ_PEOPLE]), ("remove", &[WRITE_ROOMS])]),
    (
        "tags",
        &[
            ("list", &[READ_FILES, READ_ROOMS]),
            ("create", &[WRITE_FILES]),
            ("rename", &[WRITE_FILES]),
            ("delete", &[WRITE_FILES]),
        ],
    ),
    (
        "groups",
        &[
            ("list", &[READ_FILES]),
            ("view", &[READ_FILES]),
            ("create", &[WRITE_FILES]),
            ("edit", &[WRITE_FILES]),
            ("delete", &[WRITE_FILES]),
        ],
    ),
    (
        "people",
        &[
            ("list", &[READ_PEOPLE]),
            ("view", &[READ_PEOPLE]),
            ("invite", &[WRITE_PEOPLE]),
            ("create", &[WRITE_PEOPLE]),
            ("disable", &[WRITE_PEOPLE]),
            ("enable", &[WRITE_PEOPLE]),
        ],
    ),
    (
        "people groups",
        &[
            ("list", &[READ_PEOPLE_GROUPS]),
            ("view", &[READ_PEOPLE_GROUPS]),
            ("create", &[WRITE_PEOPLE]),
            ("delete", &[WRITE_PEOPLE, READ_PEOPLE_GROUPS]),
        ],
    ),
    (
        "keys",
        &[
            ("list", &[READ_ALL]),
            ("view", &[]),
            ("create", &[WRITE_ALL]),
            ("edit", &[WRITE_ALL]),
            ("rotate", &[WRITE_ALL]),
            ("delete", &[WRITE_ALL]),
            ("scopes", &[READ_ALL]),
        ],
    ),
    (
        "webhooks",
        &[
            ("list", &[READ_ALL]),
            ("view", &[READ_ALL]),
            ("create", &[WRITE_ALL]),
            ("edit", &[WRITE_ALL]),
            ("delete", &[WRITE_ALL]),
            ("log", &[READ_ALL]),
            ("retry", &[WRITE_ALL]),
            ("triggers", &[READ_ALL]),
        ],
    ),
    (
        "audit",
        &[
            ("links", &[READ_ROOMS]),
            ("access", &[READ_ROOMS]),
            ("guests", &[READ_ROOMS, READ_PEOPLE]),
            ("storage", &[READ_ROOMS]),
            ("events", &[READ_ALL]),
            ("logins", &[READ_ALL]),
        ],
    ),
    ("quotas", &[("view", &[READ_ROOMS]), ("set", &[WRITE_ROOMS])]),
    ("covers", &[("list", &[READ_ROOMS])]),
    (
        "operations",
        &[
            ("list", &[READ_FILES]),
            ("view", &[READ_FILES]),
            ("wait", &[READ_FILES]),
            ("resume", &[READ_FILES]),
            ("cancel", &[WRITE_FILES]),
        ],
    ),
];

/// Returns the commands that the scopes of a key do not allow, or `None` for a key with full
/// access. A noun without a verb stands for all of its commands.
pub(crate) fn commands_not_allowed(key: &ApiKey) -> Option<Vec<String>> {
    let scopes = limits(key)?;
    let is_allowed = |needs: &[Need]| needs.iter().all(|need| scopes.iter().any(|scope| need.is_met_by(scope)));
    let mut missing = Vec::new();
    for (noun, commands) in COMMANDS {
        let verbs: Vec<_> = commands.iter().filter(|(_, needs)| !is_allowed(needs)).map(|(verb, _)| verb).collect();
        if verbs.len() == commands.len() {
            missing.push((*noun).to_owned());
        } else {
            missing.extend(verbs.into_iter().map(|verb| format!("{noun} {verb}")));
        }
    }
    Some(missing)
}

/// Returns the scopes of a limited key. A portal has several forms for full access
/// (docs/portal/keys-and-scopes.md#fields-of-a-key).
pub(crate) fn limits(key: &ApiKey) -> Option<&[String]> {
    let scopes = key.permissions.as_deref()?;
    (!scopes.is_empty() && !scopes.iter().any(|scope| scope == "*")).then_some(scopes)
}

impl Need {
    fn is_met_by(self, scope: &str) -> bool {
        let Some((area, right)) = scope.split_once(':') else { return false };
        let is_everywhere = area == "*";
        match right {
            "write" if is_everywhere => true,
            "write" => area == self.area && (self.is_write || self.write_includes_read),
            "read" => !self.is_write && (is_everywhere || area == self.area),
            _ => false,
        }
    }
}

/// The commands of the table.
#[cfg(test)]
pub(crate) fn commands() -> impl Iterator<Item = String> {
    COMMANDS.iter().flat_map(|(noun, verbs)| verbs.iter().map(move |(verb, _)| format!("{noun} {verb}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_met(need: Need) -> String {
        docspace::keys::Keys::SCOPES.into_iter().filter(|scope| need.is_met_by(scope)).collect::<Vec<_>>().join(" ")
    }

    /// The rows of docs/portal/keys-and-scopes.md#scopes-per-route, except for `*`, which is full
    /// access.
    #[test]
    fn each_area_is_open_to_its_own_scopes() {
        assert_eq!(is_met(READ_ROOMS), "*:read *:write rooms:read rooms:write");
        assert_eq!(is_met(WRITE_FILES), "*:write files:write");
        assert_eq!(is_met(READ_PEOPLE), "*:read *:write accounts:read accounts:write");
        assert_eq!(is_met(READ_PEOPLE_GROUPS), "*:read *:write accounts:read");
        assert_eq!(is_met(READ_ALL), "*:read *:write");
        assert_eq!(is_met(WRITE_ALL), "*:write");
    }
}
