//! The value of a flag that names a kind of event.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use docspace::webhooks::Trigger;

/// Parses the name of a kind of event, such as `room.created`.
pub(super) fn trigger() -> impl TypedValueParser<Value = Trigger> {
    let names: Vec<&str> = known().map(|(_, name)| *name).collect();
    PossibleValuesParser::new(names).map(|name| Trigger::from(name.to_ascii_lowercase().as_str()))
}

/// The kinds of events with their names.
pub(super) fn known() -> impl Iterator<Item = &'static (Trigger, &'static str)> {
    Trigger::ALL.iter().filter(|(trigger, _)| *trigger != Trigger::All)
}
