//! The rules that audits check, and names for what breaks them.

use clap::ValueEnum;
use docspace::Room;

use crate::report::{Finding, Unread};
use crate::text::plain;

/// Returns the name of a rule in the flag `--fail-on`.
pub(crate) fn name<R: ValueEnum>(rule: &R) -> String {
    rule.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Returns a finding that reports show.
pub(super) fn notable<R: ValueEnum>(
    rule: R,
    title: &'static str,
    advice: &'static str,
    things: Vec<String>,
) -> Finding {
    Finding { rule: name(&rule), title, advice, things, is_notable: true }
}

/// Returns a finding that reports show only if a flag names its rule.
pub(super) fn on_request<R: ValueEnum>(
    rule: R,
    title: &'static str,
    advice: &'static str,
    things: Vec<String>,
) -> Finding {
    Finding { is_notable: false, ..notable(rule, title, advice, things) }
}

/// Returns the finding for the parts of the portal that the caller cannot read. Reports name them
/// in a section of their own.
pub(super) fn unreadable<R: ValueEnum>(rule: R, unread: &[Unread]) -> Finding {
    let things = unread.iter().flat_map(|unread| {
        let whole = unread.rooms.is_empty().then(|| format!("the {}", unread.part));
        whole.into_iter().chain(unread.rooms.iter().map(|room| format!("{room}: its {}", unread.part)))
    });
    on_request(rule, "Not readable", "Use an account that can read them.", things.collect())
}

/// Returns the name of a room in a report, such as `room 17 “Audit”`.
pub(super) fn room_name(room: &Room) -> String {
    let archived = if room.is_archived() { " (archived)" } else { "" };
    format!("room {} “{}”{archived}", room.id, plain(&room.title))
}
