//! Changing the members of a room.
//!
//! A portal answers with status 200 to changes that it does not make, and reads every access that
//! it does not know as "no access" (docs/portal/members.md#changing-members). The members are
//! therefore checked before and after the call.

use docspace_api::types::{SetMembersRequest, SetMembersResult};
use docspace_api::{Access, ClientMembersExt};

use super::change::Change;
use super::changes::Changes;
use super::{Invitee, Members};
use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::support::optional::optional_settings;

/// Changes the access of several people and people groups in one call. Returned by
/// [`Members::set`] and [`Members::replace`].
///
/// By default, an address that the portal does not know is an error, and people get no message.
///
/// ```
/// use docspace::Access;
///
/// # doc_examples::with_people(async |_, room, ann, bob| {
/// let members = room.members();
/// let set = members.set().give(ann, Access::RoomManager).give(bob, Access::Read);
/// let changes = set.send().await?;
/// assert_eq!(changes.given.len(), 2);
///
/// let typo = members.set().give("an@example.com", Access::Editing).remove(bob);
/// assert!(typo.check().await.unwrap_err().is_not_found());
/// # Ok(()) });
/// ```
#[derive(Clone)]
#[must_use = "nothing is changed before `send` is called"]
pub struct SetMembers {
    pub(super) members: Members,
    pub(super) changes: Vec<Change>,
    message: Option<String>,
    notify: bool,
    /// Whether the portal may invite addresses that it does not know.
    pub(super) invites_unknown: bool,
    /// Whether people and people groups that are given by id are not looked up.
    pub(super) ids_are_known: bool,
    /// Whether members that no change is about are removed.
    pub(super) replaces: bool,
}

brief_debug!(SetMembers, |set| room: set.members.room.id, changes: set.changes.len());

optional_settings!(SetMembers);

impl SetMembers {
    pub(super) fn new(members: Members) -> Self {
        Self {
            members,
            changes: Vec::new(),
            message: None,
            notify: false,
            invites_unknown: false,
            ids_are_known: false,
            replaces: false,
        }
    }

    /// Gives a person or a people group this access, in place of the current one.
    pub fn give(mut self, who: impl Into<Invitee>, access: Access) -> Self {
        self.changes.push(Change::new(who.into(), access));
        self
    }

    /// Removes a member. An address must be that of a member. An id that is not a member changes
    /// nothing.
    pub fn remove(self, who: impl Into<Invitee>) -> Self {
        self.give(who, Access::None)
    }

    /// Sends this message to the people who get access. Implies [`notify`](Self::notify).
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.message = Some(text.into());
        self.notify = true;
        self
    }

    /// Notifies the people who get access. By default, they get no message. Members who already
    /// have the access never get one.
    pub fn notify(mut self) -> Self {
        self.notify = true;
        self
    }

    /// Invites people without an account to the portal, as guests. By default, an address that the
    /// portal does not know is an error, so that a typo does not create an account.
    ///
    /// Room admins do not see the guests of other people, and so their addresses count as unknown.
    /// A caller who is not allowed to look up people needs this to give access by address: the
    /// portal then invites every address that it does not know. That applies to an API key without
    /// the scope `accounts:read`.
    pub fn invite_unknown(mut self) -> Self {
        self.invites_unknown = true;
        self
    }

    /// Does not look up people and people groups that are given by id, for callers who have just
    /// read them. The portal itself checks the ids, and it may have made a part of the changes when
    /// it refuses one.
    pub fn known_ids(mut self) -> Self {
        self.ids_are_known = true;
        self
    }

    /// Removes all members but the owner that no change is about.
    pub(super) fn replacing(mut self) -> Self {
        self.replaces = true;
        self
    }

    /// Checks the changes without making them: reports everything that [`send`](Self::send) finds
    /// before it changes anything. Only reads.
    ///
    /// One error names all problems, except that input that is wrong in any case is reported before
    /// anything is read. Only the portal knows whether the caller is allowed to manage the members,
    /// so that is not checked.
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) before anything is changed.
    pub async fn check(&self) -> Result<()> {
        self.preview().await.map(drop)
    }

    /// Returns what [`send`](Self::send) would change, after the same checks. Only reads.
    ///
    /// ```
    /// use docspace::Access;
    ///
    /// # doc_examples::with_people(async |_, room, ann, bob| {
    /// let members = room.members();
    /// members.add(bob, Access::Read).await?;
    ///
    /// let set = members.replace([(ann, Access::Editing)]);
    /// let changes = set.preview().await?;
    /// assert_eq!(changes.removed[0].email.as_deref(), Some(bob));
    /// assert!(members.get(bob).await.is_ok(), "nothing was changed");
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`send`](Self::send) before anything is changed.
    pub async fn preview(&self) -> Result<Changes> {
        let mut set = self.clone();
        set.prepare(&set.members.call("set_members")).await?;
        Ok(Changes::new(&set.changes, &[]))
    }

    /// Makes the changes, checks that the portal made them, and returns them.
    ///
    /// This reads the members, and everyone who is to get access and is not a member. Members who
    /// already have the access are not sent to the portal.
    ///
    /// # Errors
    ///
    /// Before anything is changed, with an error that names all problems:
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): there is nothing to change, an address is not an
    ///   e-mail address, a person or group is given twice, a change is about the owner of the room,
    ///   a room of this type does not have the access, or a user, guest or people group is to be
    ///   `RoomManager`. [`Members::replace`] would remove the caller.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist, or the portal does not
    ///   have a person with a given address or id. Addresses are allowed with
    ///   [`invite_unknown`](Self::invite_unknown). An address to [remove](Self::remove) belongs to
    ///   no member, or the caller is not allowed to see the members.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to look up the
    ///   address of a person who is not a member. Use ids, or
    ///   [`invite_unknown`](Self::invite_unknown). [`Members::replace`]: the caller is not allowed
    ///   to see the members.
    ///
    /// After changes may have been made:
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to manage the
    ///   members, the room is archived, or the portal refuses an access. Earlier changes of the
    ///   same call are then made, and the error names them.
    /// - [`NotFound`](crate::ErrorKind::NotFound): an id that the caller is not allowed to look up
    ///   belongs to no person or group. The other changes are made.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but some members do
    ///   not have the requested access.
    pub async fn send(mut self) -> Result<Changes> {
        let call = self.members.call("set_members");
        self.prepare(&call).await?;
        let all = self.changes.clone();
        self.changes.retain(|change| !change.is_made());
        if self.changes.is_empty() {
            return Ok(Changes::new(&all, &[]));
        }
        let request = SetMembersRequest {
            notify: Some(self.notify),
            message: self.message.clone(),
            ..SetMembersRequest::without_notification(self.changes.iter().map(Change::invitation))
        };
        match self.put(&call, request).await {
            Ok(result) => {
                let listed = self.verify(&call, &result.members.unwrap_or_default()).await?;
                Ok(Changes::new(&all, &listed))
            }
            Err(error) if self.has_left(&error).await => Ok(Changes::new(&all, &[])),
            Err(error) => Err(self.explain_partial(error).await),
        }
    }

    /// Sends the changes. They are safe to repeat unless they send messages to people, who would
    /// get them twice.
    async fn put(&self, call: &Call, request: SetMembersRequest) -> Result<SetMembersResult> {
        let portal = &self.members.portal;
        let api = if self.notify { portal.api().clone() } else { portal.api_named("set_members_quietly") };
        let answer = api.set_members().id(self.members.room.id.clone()).body(request).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}
