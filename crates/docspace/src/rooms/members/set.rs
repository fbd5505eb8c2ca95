//! Giving and taking access.
//!
//! A portal answers 200 to changes that it does not make: to those of a caller without the right, and to anything it
//! cannot read, which it takes for "no access" (portal-facts 6.0, 6.7). So what came out is looked at.

use docspace_api::types::{
    Member, MemberId, MemberInvitation, Profile, SetMembersRequest, SetMembersResult, SetMembersResultEnvelope,
};
use docspace_api::{Access, ClientInfo, ClientMembersExt, path_segment};

use super::{Invitee, Members};
use crate::error::{Call, Error, Result};
use crate::people::{self, repeated};

/// Changes of a room's members. Made by [`Members::set`].
///
/// ```
/// use docspace::Access;
///
/// # use docspace_mock::{MockPortal, Role};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = MockPortal::builder().person("ann", Role::RoomAdmin).person("bob", Role::User).start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let (ann, bob) = (mock.email("ann"), mock.email("bob"));
/// # let (ann, bob) = (ann.as_str(), bob.as_str());
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let members = portal.room(&room).members();
/// members.set().give(ann, Access::RoomManager).give(bob, Access::Read).known_only().send().await?;
/// members.set().give(ann, Access::Editing).remove(bob).send().await?;
/// assert_eq!(members.total().await?, 2, "the owner and ann");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is changed before `send` is called"]
pub struct SetMembers {
    pub(super) members: Members,
    pub(super) changes: Vec<Change>,
    message: Option<String>,
    notify: bool,
    known_only: bool,
}

/// One change.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) who: Invitee,
    pub(super) access: Access,
    /// The person, once looked up.
    pub(super) person: Option<Profile>,
    /// Which member the address is that of, once looked up.
    pub(super) member: Option<MemberId>,
}

impl Change {
    /// The id, where it is known.
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

    /// The access that these members show for it.
    pub(super) fn access_among(&self, members: &[Member]) -> Option<Access> {
        members.iter().find(|member| self.is_about(member)).map(|member| member.access)
    }
}

impl SetMembers {
    pub(super) fn new(members: Members) -> Self {
        Self { members, changes: Vec::new(), message: None, notify: false, known_only: false }
    }

    /// Gives somebody this access.
    pub fn give(mut self, who: impl Into<Invitee>, access: Access) -> Self {
        self.changes.push(Change { who: who.into(), access, person: None, member: None });
        self
    }

    /// Takes somebody's access away. An address must be that of a member; an id that has no access changes nothing.
    pub fn remove(self, who: impl Into<Invitee>) -> Self {
        self.give(who, Access::None)
    }

    /// Tells those who are invited, with this message.
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.message = Some(text.into());
        self.notify = true;
        self
    }

    /// Tells those who are invited.
    pub fn notify(mut self) -> Self {
        self.notify = true;
        self
    }

    /// Makes no change when somebody who is to get access is not on the portal yet. Otherwise an address that it does not
    /// know is invited to the portal, as a guest. Needs the right to look people up: not for users, guests and keys
    /// without the scope `accounts:read`.
    pub fn known_only(mut self) -> Self {
        self.known_only = true;
        self
    }

    /// Makes the changes, and looks whether they were made.
    ///
    /// # Errors
    ///
    /// All before anything is changed: `Invalid` when there is nothing to change, for an address that is none, for
    /// somebody who is named twice, for the room's owner, and for a role that does not fit the type of room or the person:
    /// users, guests and groups of people cannot be `RoomManager`. `NotFound` for an address to [remove](Self::remove) that
    /// no member has, or none that the caller may see; and, with [`known_only`](Self::known_only), for somebody whom the
    /// portal does not know.
    ///
    /// `Forbidden` when one may not, or the portal refuses a role; the changes before that one are made then, and the error
    /// says which. `NotFound` for an id that nobody has; the others are changed then. `NotDone` when the portal
    /// answered as if it were done and did not do it.
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
            Err(error) => Err(self.tell_how_far(error).await),
        }
    }

    /// Sends the changes. Those that write to people go by another name, as nobody should be written to twice and a call
    /// of that name is not repeated in doubt.
    async fn put(&self, call: &Call, request: SetMembersRequest) -> Result<SetMembersResult> {
        let (api, id) = (self.members.portal.api(), self.members.room.id.clone());
        if !self.notify {
            let answer = api.set_members().id(id).body(request).send().await;
            return call.response(answer, |envelope| envelope.response).await;
        }
        let call = self.members.call("invite_members");
        let id = path_segment(&id.to_string()).map_err(|error| Error::from(error).of(&call))?;
        let request = api.client().put(format!("{}/api/2.0/files/rooms/{id}/share", api.baseurl())).json(&request);
        let envelope: SetMembersResultEnvelope = call.send(api, request).await?;
        envelope.response.ok_or_else(|| call.no_response())
    }

    fn check_input(&self) -> Result<()> {
        if self.changes.is_empty() {
            return Err(Error::invalid("there is nothing to change").advise("say whose access to change"));
        }
        for change in &self.changes {
            match &change.who {
                Invitee::Email(email) => drop(people::address(email)?),
                // The portal makes a member without a name out of it (portal-facts 6.7).
                Invitee::Id(id) if id.0.is_nil() => return Err(Error::invalid("the id of the member is empty")),
                Invitee::Id(_) => {}
            }
            if let Access::Unknown(number) = change.access {
                let advice = format!("use one of {}", Access::NAMES.join(", "));
                return Err(Error::invalid(format!("{number} is no access")).advise(advice));
            }
        }
        match repeated(&self.changes, |one, other| one.who.same(&other.who)) {
            Some(twice) => Err(named_twice(twice)),
            None => Ok(()),
        }
    }
}

pub(super) fn named_twice(change: &Change) -> Error {
    Error::invalid(format!("{} is named twice", change.who)).advise("say once which access to have")
}
