//! The value of a flag that names an event type.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use docspace::webhooks::Trigger;

/// Parses the name of an event type, such as `room.created`.
pub(super) fn trigger() -> impl TypedValueParser<Value = Trigger> {
    one_of(known())
}

/// Parses the name of an event type, or `*` for all.
pub(super) fn trigger_or_all() -> impl TypedValueParser<Value = Trigger> {
    one_of(Trigger::ALL.iter())
}

fn one_of(triggers: impl Iterator<Item = &'static (Trigger, &'static str)>) -> impl TypedValueParser<Value = Trigger> {
    let names: Vec<&str> = triggers.map(|(_, name)| *name).collect();
    PossibleValuesParser::new(names).map(|name| Trigger::from(name.to_ascii_lowercase().as_str()))
}

/// Returns the names of event types for a person.
pub(super) fn in_words(triggers: &[Trigger]) -> String {
    match triggers.contains(&Trigger::All) {
        true => "all".to_owned(),
        false => triggers.iter().map(Trigger::name).collect::<Vec<_>>().join(", "),
    }
}

/// The event types with their names.
pub(super) fn known() -> impl Iterator<Item = &'static (Trigger, &'static str)> {
    Trigger::ALL.iter().filter(|(trigger, _)| *trigger != Trigger::All)
}
