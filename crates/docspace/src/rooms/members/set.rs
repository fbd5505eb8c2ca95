//! Changing the members of a room.
//!
//! A portal answers with status 200 to changes that it does not make, and reads every access that
//! it does not know as "no access" (docs/portal/members.md#changing-members). The members are
//! therefore checked before and after the call.

use docspace_api::types::{Member, MemberId, MemberInvitation, Profile, SetMembersRequest, SetMembersResult};
use docspace_api::{Access, ClientMembersExt};

use super::{Invitee, Members};
use crate::brief::brief_debug;
use crate::error::{Call, Error, Result};
use crate::people::{self, repeated};

/// Changes the access of several people and people groups in one call. Returned by
/// [`Members::set`].
///
/// By default, the portal invites unknown addresses, and sends no message to people.
///
/// ```
/// use docspace::Access;
///
/// # doc_examples::with_people(async |_, room, ann, bob| {
/// let members = room.members();
/// let changes = members.set().give(ann, Access::RoomManager).give(bob, Access::Read);
/// changes.known_only().send().await?;
///
/// members.set().give(ann, Access::Editing).remove(bob).send().await?;
/// println!("{} members", members.total().await?);
/// # Ok(()) });
/// ```
#[derive(Clone)]
#[must_use = "nothing is changed before `send` is called"]
pub struct SetMembers {
    pub(super) members: Members,
    pub(super) changes: Vec<Change>,
    message: Option<String>,
    notify: bool,
    known_only: bool,
}

brief_debug!(SetMembers, |set| room: set.members.room.id, changes: set.changes.len());

/// The access of one member, to be set or removed.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) who: Invitee,
    pub(super) access: Access,
    /// The person, once looked up.
    pub(super) person: Option<Profile>,
    /// The id of the member with this address, once looked up.
    pub(super) member: Option<MemberId>,
}

impl Change {
    /// Returns the id, if it is known.
    pub(super) fn id(&self) -> Option<MemberId> {
        match (&self.person, &self.who) {
            (Some(person), _) => Some(person.id.into()),
            (None, Invitee::Id(id)) => Some(*id),
            (None, Invitee::Email(_)) => self.member,
        }
    }

    fn invitation(&self) -> MemberInvitation {
        match (self.id(), &self.who) {
            (None, Invitee::Email(email)) => MemberInvitation::by_email(email, self.access),
            (id, _) => MemberInvitation { id, email: None, access: self.access },
        }
    }

    pub(super) fn is_about(&self, member: &Member) -> bool {
        self.who.is(member) || (member.id().is_some() && member.id() == self.id())
    }

    /// Returns the access of this member in a list of members.
    pub(super) fn access_among(&self, members: &[Member]) -> Option<Access> {
        members.iter().find(|member| self.is_about(member)).map(|member| member.access)
    }
}

impl SetMembers {
    pub(super) fn new(members: Members) -> Self {
        Self { members, changes: Vec::new(), message: None, notify: false, known_only: false }
    }

    /// Gives a person or a people group this access, in place of the current one.
    pub fn give(mut self, who: impl Into<Invitee>, access: Access) -> Self {
        self.changes.push(Change { who: who.into(), access, person: None, member: None });
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

    /// Notifies the people who get access. By default, they get no message.
    pub fn notify(mut self) -> Self {
        self.notify = true;
        self
    }

    /// Changes nothing if one of the people to get access has no account on the portal. By default,
    /// the portal invites unknown addresses as guests.
    ///
    /// The caller must be allowed to look up people. Users and guests are not, and an API key needs
    /// the scope `accounts:read`.
    pub fn known_only(mut self) -> Self {
        self.known_only = true;
        self
    }

    /// Makes the changes, and checks that the portal made them.
    ///
    /// # Errors
    ///
    /// Before anything is changed:
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): there is nothing to change, an address is not an
    ///   e-mail address, a person or group is given twice, a change is about the owner of the room,
    ///   a room of this type does not have the access, or a user, guest or people group is to be
    ///   `RoomManager`.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist. An address to
    ///   [remove](Self::remove) belongs to no member, or the caller is not allowed to see the
    ///   members. With [`known_only`](Self::known_only), a person has no account.
    ///
    /// After changes may have been made:
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to manage the
    ///   members, the room is archived, or the portal refuses an access. Earlier changes of the
    ///   same call are then made, and the error names them.
    /// - [`NotFound`](crate::ErrorKind::NotFound): an id belongs to no person or group. The other
    ///   changes are made.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but some members do
    ///   not have the requested access.
    pub async fn send(mut self) -> Result<()> {
        self.check_input()?;
        let call = self.members.call("set_members");
        self.check_roles().await.map_err(|error| error.of(&call))?;
        self.check_owner(&call).await?;
        self.find_removed(&call).await?;
        if self.known_only {
            self.look_up(&call).await?;
        }
        self.check_managers(&call).await?;
        let request = SetMembersRequest {
            notify: Some(self.notify),
            message: self.message.clone(),
            ..SetMembersRequest::quietly(self.changes.iter().map(Change::invitation))
        };
        match self.put(&call, request).await {
            Ok(result) => self.verify(&call, &result.members.unwrap_or_default()).await,
            Err(error) if self.has_left(&error).await => Ok(()),
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

    fn check_input(&self) -> Result<()> {
        if self.changes.is_empty() {
            return Err(Error::invalid("there is nothing to change").advise("give at least one member to change"));
        }
        for change in &self.changes {
            match &change.who {
                Invitee::Email(email) => drop(people::address(email)?),
                // The portal would list a member without a name
                // (docs/portal/members.md#what-each-entry-does).
                Invitee::Id(id) if id.0.is_nil() => return Err(Error::invalid("the id of the member is empty")),
                Invitee::Id(_) => {}
            }
            if let Access::Unknown(number) = change.access {
                let advice = format!("use one of {}", Access::NAMES.join(", "));
                return Err(Error::invalid(format!("{number} is not an access")).advise(advice));
            }
        }
        match repeated(&self.changes, |one, other| one.who.same(&other.who)) {
            Some(change) => Err(duplicate_error(change)),
            None => Ok(()),
        }
    }
}

pub(super) fn duplicate_error(change: &Change) -> Error {
    Error::invalid(format!("{} is given twice", change.who)).advise("give each person or group once")
}
