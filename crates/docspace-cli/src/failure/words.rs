//! The words of the commands for calls whose names in the API are other words.

use crate::text::kebab;

/// What the library tries, and how a command calls that.
const WORDS: &[(&str, &str)] = &[
    ("authenticate", "log in"),
    ("change owner", "change the owner"),
    ("create file invitation", "create an invitation link"),
    ("create file link", "create a link"),
    ("create folder invitation", "create an invitation link"),
    ("create folder link", "create a link"),
    ("create room invitation", "create an invitation link"),
    ("create room link", "create a link"),
    ("get external db sync", "read the transfer of form answers"),
    ("get file link", "read link"),
    ("get folder link", "read link"),
    ("get index export", "read the export of the index"),
    ("get portal version", "read the version of the portal"),
    ("get primary file link", "read the primary link"),
    ("get primary folder link", "read the primary link"),
    ("get primary room link", "read the primary link"),
    ("get room link", "read link"),
    ("get self (the profile of the caller)", "read your profile"),
    ("get self key", "read the API key of this login"),
    ("get webhook", "read webhook"),
    ("list audit events", "read the audit trail"),
    ("list file history", "read the history"),
    ("list file links", "list the links"),
    ("list folder", "list the content of room or folder"),
    ("list folder history", "read the history"),
    ("list folder links", "list the links"),
    ("list key permissions", "list the scopes"),
    ("list logins", "read the login history"),
    ("list operations by type", "list operations"),
    ("list room links", "list the links"),
    ("list room news", "list the new files"),
    ("list subfolders", "list the folders"),
    ("list webhook deliveries", "list the deliveries"),
    ("list webhook triggers", "list the event types"),
    ("retry webhook deliveries", "retry the deliveries"),
    ("retry webhook delivery", "retry delivery"),
    ("search people", "list people"),
    ("set entries order", "set the positions"),
    ("set file order", "set the position"),
    ("set folder order", "set the position"),
    ("set members", "change the members"),
    ("set room quota", "set the storage limit"),
    ("start external db sync", "transfer the form answers"),
    ("start index export", "export the index"),
    ("terminate operation", "cancel operation"),
    ("unarchive room", "restore room"),
    ("update file link", "edit link"),
    ("update folder link", "edit link"),
    ("update key", "edit key"),
    ("update room", "edit room"),
    ("update room group", "edit room group"),
    ("update room link", "edit link"),
    ("update webhook", "edit webhook"),
];

/// Advice of the library that names a method, and the advice of a command.
const ADVICE: &[(&str, &str)] = &[
    ("call `Webhooks::list`", "run `docspace webhooks list`"),
    ("change that webhook with `Webhooks::edit`", "change that webhook with `docspace webhooks edit`"),
    ("compare the ids with the log: `Webhooks::log`", "compare the ids with `docspace webhooks log`"),
    ("or set `ssl` to false", "or add --secure off"),
    ("swap the values of `since` and `until`", "swap the values of --since and --until"),
];

/// The methods of calls that `docspace api` makes. It names them by their paths.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// What stands in a message before the name of a type of rooms or of an access.
const BEFORE_NAMES: [&str; 4] = ["a room of type ", "cannot give ", "cannot have the access ", " and cannot be "];

/// What stands in an advice before such names.
const BEFORE_LIST: &str = "use one of ";

/// Replaces the words of the API in a message of the library: those for the call, and the names of
/// types of rooms and of accesses.
pub(super) fn of_command(call: Option<&str>, message: &str) -> String {
    BEFORE_NAMES.iter().fold(with_command(call, message), |message, before| match message.split_once(before) {
        Some((start, rest)) => {
            let (name, rest) = rest.split_at(rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()));
            format!("{start}{before}{}{rest}", kebab(name))
        }
        None => message,
    })
}

/// Replaces the names of the API in an advice of the library by commands, flags and their values.
pub(super) fn of_flags(advice: &str) -> String {
    if let Some((method, command)) = ADVICE.iter().find(|(method, _)| advice.contains(method)) {
        return advice.replacen(method, command, 1);
    }
    match advice.strip_prefix(BEFORE_LIST) {
        Some(names) => format!("{BEFORE_LIST}{}", names.split(", ").map(kebab).collect::<Vec<_>>().join(", ")),
        None => advice.to_owned(),
    }
}

fn with_command(call: Option<&str>, message: &str) -> String {
    let Some(rest) = message.strip_prefix("cannot ") else { return message.to_owned() };
    let Some(call) = call else { return message.to_owned() };
    if METHODS.contains(&call)
        && let Some(reason) = rest.strip_prefix(call).and_then(|rest| rest.strip_prefix(": "))
    {
        return reason.to_owned();
    }
    let name = call.replace('_', " ");
    let found = WORDS
        .iter()
        .find(|(from, _)| from.strip_prefix(&name).is_some_and(|more| more.is_empty() || more.starts_with(" (")));
    match found.and_then(|(from, to)| Some((rest.strip_prefix(from)?, to))) {
        Some((rest, to)) => format!("cannot {to}{rest}"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_the_words_of_the_commands() {
        for (call, message, expected) in [
            ("unarchive_room", "cannot unarchive room 17: no", "cannot restore room 17: no"),
            ("get_self", "cannot get self (the profile of the caller): no", "cannot read your profile: no"),
            ("update_room_link", "cannot update room link 5 of room 17: no", "cannot edit link 5 of room 17: no"),
            ("update_room_group", "cannot update room group 5: no", "cannot edit room group 5: no"),
            ("put", "cannot put: not found (404)", "not found (404)"),
            ("get_room", "a room of type VirtualData cannot", "a room of type virtual-data cannot"),
            ("set_members", "gus is a guest and cannot be RoomManager", "gus is a guest and cannot be room-manager"),
            ("get_room", "cannot get room 17: no", "cannot get room 17: no"),
        ] {
            assert_eq!(of_command(Some(call), message), expected);
        }
        assert_eq!(of_flags("use one of ContentCreator, Read"), "use one of content-creator, read");
        let advice = of_flags("use an https address, or set `ssl` to false");
        assert_eq!(advice, "use an https address, or add --secure off");
        assert_eq!(of_command(None, "cannot unarchive room"), "cannot unarchive room");
    }
}
