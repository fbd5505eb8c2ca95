//! The printed fields of members, and of changes of members.

use docspace::Access;
use docspace::members::{Changes, Member, MemberChange};
use serde_json::{Value, json};

use super::person::{state, state_tone};
use crate::output::{Field, Record};
use crate::text::kebab;

/// A member of a room as it is printed.
pub(crate) struct MemberRecord(pub(crate) Member);

impl Record for MemberRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id(|member| json!(member.0.id().map(|id| id.0))).priority(35),
        Field::<Self>::column("name", |member| json!(member.0.name())).priority(90),
        Field::<Self>::column("email", |member| json!(member.0.email())).never_cut().priority(100),
        Field::<Self>::column("type", |member| json!(if member.0.is_group() { "group" } else { "person" }))
            .never_cut()
            .priority(40),
        Field::<Self>::column("access", |member| access_of(&member.0)).never_cut().priority(80),
        Field::<Self>::column("state", |member| json!(member.0.shared_to_user.as_ref().map(state)))
            .never_cut()
            .priority(60)
            .tone(|member| member.0.shared_to_user.as_ref().map(state_tone).unwrap_or_default()),
        Field::detail("owner", |member| json!(member.0.is_owner)),
    ];
}

fn access_of(member: &Member) -> Value {
    if member.is_owner { json!("owner") } else { access(member.access) }
}

fn access(access: Access) -> Value {
    json!(kebab(&access.to_string()))
}

/// The change of one member as it is printed.
pub(crate) struct MemberChangeRecord {
    change: MemberChange,
    kind: &'static str,
}

impl MemberChangeRecord {
    /// Returns the changes, with the invited people first.
    pub(crate) fn all(changes: Changes) -> Vec<Self> {
        let given = |change: &MemberChange| if change.before.is_some() { "changed" } else { "added" };
        let of = |list: Vec<MemberChange>, kind: fn(&MemberChange) -> &'static str| {
            list.into_iter().map(move |change| Self { kind: kind(&change), change })
        };
        of(changes.invited, |_| "invited")
            .chain(of(changes.given, given))
            .chain(of(changes.removed, |_| "removed"))
            .chain(of(changes.unchanged, |_| "unchanged"))
            .collect()
    }
}

impl Record for MemberChangeRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id(|member| json!(member.change.id.map(|id| id.0))).priority(35),
        Field::<Self>::column("name", |member| json!(member.change.name)).priority(90),
        Field::<Self>::column("email", |member| json!(member.change.email)).never_cut().priority(100),
        Field::<Self>::column("change", |member| json!(member.kind)).never_cut().priority(80),
        Field::<Self>::column("before", |member| member.change.before.map_or(Value::Null, access)).never_cut(),
        Field::<Self>::column("access", |member| access(member.change.access)).never_cut().priority(80),
    ];
}
