//! The printed fields of members, and of changes of members.

use docspace::Access;
use docspace::members::{Changes, Member, MemberChange};
use schemars::JsonSchema;
use serde::Serialize;

use super::person::{state, state_tone};
use crate::output::{Field, Name, Record};

/// A member of a room as it is printed.
pub(crate) struct MemberRecord(pub(crate) Member);

impl Record for MemberRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id("Id of the person or people group", &|member| member.0.id().map(|id| id.0)).priority(35),
        Field::<Self>::column("name", "Name", &|member| member.0.name().map(str::to_owned)).priority(90),
        Field::<Self>::column("email", "E-mail address; null for a people group", &|member| {
            member.0.email().map(str::to_owned)
        })
        .never_cut()
        .priority(100),
        Field::<Self>::column("type", "Whether the member is a person or a people group", &|member| {
            if member.0.is_group() { MemberType::Group } else { MemberType::Person }
        })
        .never_cut()
        .priority(40),
        Field::<Self>::column("access", "Access to the room", &|member| access_of(&member.0)).never_cut().priority(80),
        Field::<Self>::column("state", "State of the account; null for a people group", &|member| {
            member.0.shared_to_user.as_ref().map(state)
        })
        .never_cut()
        .priority(60)
        .tone(|member| member.0.shared_to_user.as_ref().map(state_tone).unwrap_or_default()),
        Field::<Self>::detail("owner", "Whether the member owns the room", &|member| member.0.is_owner),
    ];
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum MemberType {
    Group,
    Person,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum MemberAccess {
    Owner,
    #[serde(untagged)]
    Other(Name<Access>),
}

fn access_of(member: &Member) -> MemberAccess {
    if member.is_owner { MemberAccess::Owner } else { MemberAccess::Other(Name(member.access)) }
}

/// The change of one member as it is printed.
pub(crate) struct MemberChangeRecord {
    change: MemberChange,
    kind: ChangeKind,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ChangeKind {
    Invited,
    Added,
    Changed,
    Removed,
    Unchanged,
}

impl MemberChangeRecord {
    /// Returns the changes, with the invited people first.
    pub(crate) fn all(changes: Changes) -> Vec<Self> {
        let given = |change: &MemberChange| match change.before {
            Some(_) => ChangeKind::Changed,
            None => ChangeKind::Added,
        };
        let of = |list: Vec<MemberChange>, kind: fn(&MemberChange) -> ChangeKind| {
            list.into_iter().map(move |change| Self { kind: kind(&change), change })
        };
        of(changes.invited, |_| ChangeKind::Invited)
            .chain(of(changes.given, given))
            .chain(of(changes.removed, |_| ChangeKind::Removed))
            .chain(of(changes.unchanged, |_| ChangeKind::Unchanged))
            .collect()
    }
}

impl Record for MemberChangeRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id(
            "Id of the person or people group; null for an invited person without an account",
            &|member| member.change.id.map(|id| id.0),
        )
        .priority(35),
        Field::<Self>::column("name", "Name or, if it is not known, address or id", &|member| {
            member.change.name.clone()
        })
        .priority(90),
        Field::<Self>::column("email", "E-mail address; null for a people group", &|member| {
            member.change.email.clone()
        })
        .never_cut()
        .priority(100),
        Field::<Self>::column("change", "Change that was made", &|member| member.kind).never_cut().priority(80),
        Field::<Self>::column("before", "Access before; null for a new member", &|member| {
            member.change.before.map(Name)
        })
        .never_cut(),
        Field::<Self>::column("access", "Access afterwards; `none` for a removed member", &|member| {
            Name(member.change.access)
        })
        .never_cut()
        .priority(80),
    ];
}
