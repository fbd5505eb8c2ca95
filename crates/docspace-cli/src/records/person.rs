//! The printed fields of a person.

use docspace::people::Profile;
use serde_json::json;

use crate::args::people::person_type_name;
use crate::output::{Field, Record, Tone, instant};

/// A person as it is printed.
pub(crate) struct PersonRecord(pub(crate) Profile);

impl Record for PersonRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id(|person| json!(person.0.id)).priority(35),
        Field::<Self>::column("name", |person| json!(person.0.display_name)).priority(90),
        Field::<Self>::column("email", |person| json!(person.0.email)).never_cut().priority(100),
        Field::<Self>::column("type", |person| json!(type_of(&person.0))).never_cut().priority(60),
        Field::<Self>::column("state", |person| json!(state(&person.0))).never_cut().tone(|person| {
            match person.0.is_disabled() {
                true => Tone::Dim,
                false => Tone::Plain,
            }
        }),
        Field::detail("firstName", |person| json!(person.0.first_name)),
        Field::detail("lastName", |person| json!(person.0.last_name)),
        Field::detail("groups", |person| {
            json!(person.0.groups.iter().flatten().map(|group| &group.name).collect::<Vec<_>>())
        }),
        Field::detail("language", |person| json!(person.0.culture_name)),
        Field::detail("created", |person| instant(person.0.registration_date)),
        Field::detail("createdBy", |person| json!(person.0.created_by.as_ref().map(|creator| &creator.display_name))),
    ];
}

/// Returns `owner` for the owner of the portal, otherwise the type as in the flag `--type`.
pub(crate) fn type_of(person: &Profile) -> Option<&'static str> {
    if person.is_owner { Some("owner") } else { person.person_type().map(person_type_name) }
}

/// Returns `active`, `pending` or `disabled`.
pub(crate) fn state(person: &Profile) -> &'static str {
    if person.is_invited() {
        "pending"
    } else if person.is_disabled() {
        "disabled"
    } else {
        "active"
    }
}
