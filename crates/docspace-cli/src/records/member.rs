//! The printed fields of members, and of changes of members.

use docspace::Access;
use docspace::members::{Changes, Member, MemberChange};
use serde_json::{Value, json};

use super::person::state;
use crate::output::{Field, Record};
use crate::text::kebab;

/// A member of a room as it is printed.
pub(crate) struct MemberRecord(pub(crate) Member);

impl Record for MemberRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::column("id", |member| json!(member.0.id().map(|id| id.0))),
        Field::column("name", |member| json!(member.0.name())),
        Field::column("email", |member| json!(member.0.email())),
        Field::column("type", |member| json!(if member.0.is_group() { "group" } else { "person" })),
        Field::column("access", |member| access_of(&member.0)),
        Field::column("state", |member| json!(member.0.shared_to_user.as_ref().map(state))),
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
        Field::column("id", |member| json!(member.change.id.map(|id| id.0))),
        Field::column("name", |member| json!(member.change.name)),
        Field::column("email", |member| json!(member.change.email)),
        Field::column("change", |member| json!(member.kind)),
        Field::column("before", |member| member.change.before.map_or(Value::Null, access)),
        Field::column("access", |member| access(member.change.access)),
    ];
}
