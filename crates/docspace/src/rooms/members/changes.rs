//! What a change of the members did.

use std::fmt;

use docspace_api::Access;
use docspace_api::types::{Member, MemberId};
use serde::Serialize;

use super::change::{Change, Subject, write_member};

/// What changed in the members of a room.
///
/// Returned by [`SetMembers::send`](super::SetMembers::send), and by
/// [`SetMembers::preview`](super::SetMembers::preview) before it happens.
///
/// Each list is in the order in which the changes were given.
///
/// ```
/// use docspace::Access;
///
/// # doc_examples::with_people(async |_, room, ann, bob| {
/// let members = room.members();
/// members.add(ann, Access::Read).await?;
///
/// let set = members.set().give(ann, Access::Editing).give(bob, Access::Read).give("eve@acme.com", Access::Read);
/// let changes = set.invite_unknown().send().await?;
/// for invited in &changes.invited {
///     println!("{invited} has a new account");
/// }
/// assert_eq!(changes.given[0].before, Some(Access::Read));
/// assert_eq!(changes.given.len(), 2);
/// # Ok(()) });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use = "it names the people who were invited to the portal"]
pub struct Changes {
    /// People without an account, who were invited to the portal as guests and got access.
    ///
    /// If the caller is not allowed to look up people, new people are in `given`.
    pub invited: Vec<MemberChange>,
    /// People and people groups that got access, or another access.
    pub given: Vec<MemberChange>,
    /// Members that were removed.
    pub removed: Vec<MemberChange>,
    /// Members that already had the access, and ids to remove that were not members.
    pub unchanged: Vec<MemberChange>,
}

/// The change of one member. `Display` shows the name and the address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MemberChange {
    /// The id of the person or people group, if it is known.
    pub id: Option<MemberId>,
    /// The name that the portal shows. If it is not known, the address or the id.
    pub name: String,
    /// The address of a person, if it is known.
    pub email: Option<String>,
    /// The access before. `None` if there was no such member.
    pub before: Option<Access>,
    /// The access afterwards. [`Access::None`] for a member that was removed.
    pub access: Access,
}

impl Changes {
    /// Sorts changes that were made. `listed` can contain members that had no account before.
    pub(super) fn new<'c>(changes: impl IntoIterator<Item = &'c Change>, listed: &[Member]) -> Self {
        let mut sorted = Self::default();
        for change in changes {
            let list = match (&change.subject, change.before) {
                _ if change.is_made() => &mut sorted.unchanged,
                (_, None) if !change.gives() => &mut sorted.unchanged,
                _ if !change.gives() => &mut sorted.removed,
                (Subject::Unknown, _) => &mut sorted.invited,
                _ => &mut sorted.given,
            };
            let member = || listed.iter().find(|member| change.is_about(member)).and_then(Member::id);
            list.push(MemberChange {
                id: change.id().or_else(member),
                name: change.name(),
                email: change.email().map(str::to_owned),
                before: change.before,
                access: change.access,
            });
        }
        sorted
    }

    /// Whether no member changes: all of them are as requested already.
    pub fn is_empty(&self) -> bool {
        self.invited.is_empty() && self.given.is_empty() && self.removed.is_empty()
    }
}

impl fmt::Display for MemberChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_member(f, &self.name, self.email.as_deref())
    }
}
