//! Giving and taking access.
//!
//! A portal answers 200 to changes that it does not make: to those of a caller without the right, and to anything it
//! cannot read, which it takes for "no access" (portal-facts 6.0, 6.7). So what came out is looked at.

use docspace_api::types::{Member, MemberId, MemberInvitation, PeopleGroupId, PersonId, SetMembersRequest};
use docspace_api::{Access, ClientMembersExt};

use super::{Members, rules};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::rooms::read_room;

/// Whose access is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitee {
    /// A person or a group of people of the portal.
    Id(MemberId),
    /// A person by e-mail address, known to the portal or not.
    Email(String),
}

impl From<PersonId> for Invitee {
    fn from(id: PersonId) -> Self {
        Self::Id(MemberId(id.0))
    }
}

impl From<PeopleGroupId> for Invitee {
    fn from(id: PeopleGroupId) -> Self {
        Self::Id(MemberId(id.0))
    }
}

impl From<&str> for Invitee {
    fn from(email: &str) -> Self {
        Self::Email(email.to_owned())
    }
}

impl From<String> for Invitee {
    fn from(email: String) -> Self {
        Self::Email(email)
    }
}

impl std::fmt::Display for Invitee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.0.fmt(f),
            Self::Email(email) => email.fmt(f),
        }
    }
}

/// Changes of a room's members. Made by [`Members::set`].
#[derive(Clone, Debug)]
#[must_use = "nothing is changed before `send` is called"]
pub struct SetMembers {
    members: Members,
    changes: Vec<(Invitee, Access)>,
    message: Option<String>,
    notify: bool,
}

impl SetMembers {
    pub(super) fn new(members: Members) -> Self {
        Self { members, changes: Vec::new(), message: None, notify: false }
    }

    /// Gives somebody this access.
    pub fn give(mut self, who: impl Into<Invitee>, access: Access) -> Self {
        self.changes.push((who.into(), access));
        self
    }

    /// Takes somebody's access away.
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

    /// Makes the changes, and looks whether they were made.
    ///
    /// # Errors
    ///
    /// `Invalid` when there is nothing to change, for an address that is none and for a role that the type of room does
    /// not have, all before anything is sent. `Forbidden` when one may not, or a role does not fit a person; the changes
    /// before that one are made then. `Operation` when the portal answered as if it were done and did not do it.
    pub async fn send(self) -> Result<()> {
        if self.changes.is_empty() {
            return Err(Error::invalid("there is nothing to change").advise("say whose access to change"));
        }
        for (who, access) in &self.changes {
            check_input(who, *access)?;
        }
        let call = self.members.call("set_members");
        let room_type = match self.members.room.room_type {
            Some(room_type) => room_type,
            None => read_room(&self.members.portal, &self.members.room.id).await?.room_type,
        };
        for (_, access) in &self.changes {
            rules::check(room_type, *access).map_err(|error| error.of(&call))?;
        }
        let invitations = self.changes.iter().map(|(who, access)| invitation(who, *access)).collect();
        let request = SetMembersRequest {
            invitations,
            notify: Some(self.notify),
            message: self.message.clone(),
            culture: None,
            force: None,
        };
        let answer =
            self.members.portal.api().set_members().id(self.members.room.id.clone()).body(request).send().await;
        let result = call.response(answer, |envelope| envelope.response).await?;
        let told = result.members.unwrap_or_default();
        for (who, access) in &self.changes {
            self.verify(&call, who, *access, &told).await?;
        }
        Ok(())
    }

    /// The answer tells the members that were named by id; those named by address have to be looked up.
    async fn verify(&self, call: &Call, who: &Invitee, access: Access, told: &[Member]) -> Result<()> {
        let listed = told.iter().find(|member| matches!(who, Invitee::Id(id) if member.id() == Some(*id)));
        let now = match listed {
            Some(member) => Some(member.access),
            None => self.members.find(who).await?.map(|member| member.access),
        };
        if now.unwrap_or(Access::None) == access {
            return Ok(());
        }
        let has = now.map_or("no access".to_owned(), |access| access.to_string());
        let reason = format!("the portal answered, but {who} has {has}");
        Err(Error::new(ErrorKind::Operation, reason).of(call).advise("check that you may manage the room's members"))
    }
}

fn check_input(who: &Invitee, access: Access) -> Result<()> {
    if let Invitee::Email(email) = who
        && !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
    {
        return Err(Error::invalid(format!("`{email}` is no e-mail address")));
    }
    // The portal makes a member out of an id that nobody has (portal-facts 6.7).
    if matches!(who, Invitee::Id(id) if id.0.is_nil()) {
        return Err(Error::invalid("the id of the member is empty"));
    }
    if let Access::Unknown(number) = access {
        return Err(
            Error::invalid(format!("{number} is no access")).advise(format!("use one of {}", Access::NAMES.join(", ")))
        );
    }
    Ok(())
}

fn invitation(who: &Invitee, access: Access) -> MemberInvitation {
    match who {
        Invitee::Id(id) => MemberInvitation { id: Some(*id), email: None, access },
        Invitee::Email(email) => MemberInvitation { id: None, email: Some(email.clone()), access },
    }
}
