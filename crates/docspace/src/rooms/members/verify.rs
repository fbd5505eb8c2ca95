//! Checks that a change of members was made.

use docspace_api::Access;
use docspace_api::types::Member;

use super::change::Change;
use super::checks::{CHECK_ID, no_such_id};
use super::set::SetMembers;
use super::{Invitee, MemberFilter};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::rooms::{RESTORE_FIRST, explain_archived};
use crate::support::pages::PAGE;

impl SetMembers {
    /// Compares the members with the request. The answer of the portal contains only the members
    /// that were given by id. The others are looked up and returned.
    pub(super) async fn verify(&self, call: &Call, answered: &[Member]) -> Result<Vec<Member>> {
        let unconfirmed: Vec<&Change> =
            self.changes.iter().filter(|change| change.access_among(answered) != Some(change.access)).collect();
        let listed = match unconfirmed.as_slice() {
            [] => return Ok(Vec::new()),
            [Change { who: Invitee::Email(email), .. }] => {
                self.members.page(0, PAGE, MemberFilter::Text(email)).await.map(|page| page.items)
            }
            _ => self.members.list().await,
        };
        let listed = listed.map_err(|error| error.while_waiting(call))?;
        let is_unchanged = |change: &&Change| change.access_among(&listed).unwrap_or(Access::None) != change.access;
        let unchanged: Vec<&Change> = unconfirmed.into_iter().filter(is_unchanged).collect();
        let Some(first) = unchanged.first() else { return Ok(listed) };
        if answered.iter().any(Member::is_unknown_person)
            && let Some(change) = unchanged.iter().find(|change| matches!(change.who, Invitee::Id(_)))
        {
            return Err(Error::new(ErrorKind::NotFound, no_such_id(&change.who)).of(call).advise(CHECK_ID));
        }
        let has = |change: &&Change| {
            let access = change.access_among(&listed).map_or("no access".to_owned(), |access| access.to_string());
            format!("{change} has {access}")
        };
        let reason =
            format!("the portal reported success, but {}", unchanged.iter().map(has).collect::<Vec<_>>().join(", "));
        let advice = match first.access {
            Access::None => "check that you are allowed to manage the members of the room",
            _ => "check that you are allowed to manage the members of the room, and that the account is active",
        };
        Err(Error::new(ErrorKind::NotDone, reason).of(call).advise(advice))
    }

    /// Whether the caller has left the room although the call failed. After a lost answer the call
    /// is repeated and refused, because the caller is no longer a member and sees no members.
    pub(super) async fn has_left(&self, error: &Error) -> bool {
        let [Change { access: Access::None, .. }] = self.changes.as_slice() else { return false };
        let id = self.changes.first().and_then(Change::id);
        error.is_forbidden()
            && self.members.total().await.is_ok_and(|members| members == 0)
            && self.members.portal.my_id().await.is_ok_and(|me| id == Some(me.into()))
    }

    /// Adds to a refusal which changes were made before it. The portal makes the changes one by
    /// one, up to the one that it refuses (docs/portal/members.md#how-the-call-fails).
    pub(super) async fn explain_partial(&self, error: Error) -> Error {
        // A key without the scope is refused before any change, and without a message.
        if error.status() != Some(403) || error.message().is_none() {
            return error;
        }
        let error = explain_archived(&self.members.portal, &self.members.room.id, error).await;
        if error.advice() == RESTORE_FIRST {
            return error;
        }
        let refused = |change: &Change| match change.access {
            // An address without an account becomes a guest, who cannot be RoomManager.
            Access::RoomManager if change.is_unread_address() => format!(
                "check that {change} has an account that can be RoomManager, which this key is not allowed to look \
                 up: use a key with the scope accounts:read, or give the id of the person"
            ),
            Access::None => format!("check that you are allowed to remove {change}"),
            access => format!("check that you are allowed to manage members, and that {change} can be {access}"),
        };
        if let [only] = self.changes.as_slice() {
            return error.advise(refused(only));
        }
        let Ok(listed) = self.members.list().await else {
            return error.advise("the changes before the refused one may have been made: check the members");
        };
        let is_made = |change: &&Change| change.access_among(&listed).unwrap_or(Access::None) == change.access;
        let made = self.changes.iter().take_while(is_made);
        let names: Vec<String> = made.map(Change::to_string).collect();
        let done = match names.as_slice() {
            [] => "no change was made".to_owned(),
            names => format!("{} changed as requested; the other changes were not made", names.join(", ")),
        };
        match self.changes.get(names.len()) {
            Some(change) => error.advise(format!("{done}; {}", refused(change))),
            None => error.advise(done),
        }
    }
}
