//! The printed fields of a person.

use std::borrow::Cow;
use std::iter;

use docspace::people::Profile;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use crate::args::people::{person_type_name, person_type_names};
use crate::output::{Field, Record, Tone, instant, one_of};

/// A person as it is printed.
pub(crate) struct PersonRecord(pub(crate) Profile);

impl Record for PersonRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id("Id of the person", &|person| person.0.id.0).priority(35),
        Field::<Self>::column("name", "Name that the portal shows", &|person| person.0.display_name.clone())
            .priority(90),
        Field::<Self>::column("email", "E-mail address", &|person| person.0.email.clone()).never_cut().priority(100),
        Field::<Self>::column("type", "Type of the account; null if it is not known", &|person| type_of(&person.0))
            .never_cut()
            .priority(60),
        Field::<Self>::column("state", "State; `pending` until the person accepts the invitation", &|person| {
            state(&person.0)
        })
        .never_cut()
        .tone(|person| state_tone(&person.0)),
        Field::<Self>::detail("firstName", "First name", &|person| person.0.first_name.clone()),
        Field::<Self>::detail("lastName", "Last name", &|person| person.0.last_name.clone()),
        Field::<Self>::detail("groups", "Names of the people groups of the person", &|person| {
            person.0.groups.iter().flatten().map(|group| group.name.clone()).collect::<Vec<_>>()
        }),
        Field::<Self>::detail("language", "Language, such as `en-US`", &|person| person.0.culture_name.clone()),
        Field::<Self>::detail("created", "Time of registration", &|person| instant(person.0.registration_date)),
        Field::<Self>::detail("createdBy", "Name of the person who created the account", &|person| {
            person.0.created_by.as_ref().map(|creator| creator.display_name.clone())
        }),
    ];
}

/// The type of a person as in the flag `--type`, or `owner` for the owner of the portal.
#[derive(Debug, Serialize)]
struct TypeName(&'static str);

const OWNER: &str = "owner";

impl JsonSchema for TypeName {
    fn schema_name() -> Cow<'static, str> {
        "TypeName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        one_of(iter::once(OWNER).chain(person_type_names()))
    }
}

fn type_of(person: &Profile) -> Option<TypeName> {
    if person.is_owner { Some(TypeName(OWNER)) } else { person.person_type().map(person_type_name).map(TypeName) }
}

/// The state of an account.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PersonState {
    Active,
    Pending,
    Disabled,
}

/// Returns the tone of [`state`].
pub(super) fn state_tone(person: &Profile) -> Tone {
    match state(person) {
        PersonState::Pending => Tone::Warning,
        PersonState::Disabled => Tone::Dim,
        PersonState::Active => Tone::Plain,
    }
}

pub(super) fn state(person: &Profile) -> PersonState {
    if person.is_invited() {
        PersonState::Pending
    } else if person.is_disabled() {
        PersonState::Disabled
    } else {
        PersonState::Active
    }
}
