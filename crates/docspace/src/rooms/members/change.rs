//! One change of a member, and what the portal knows about that member.

use std::fmt;

use docspace_api::Access;
use docspace_api::types::{Member, MemberId, MemberInvitation, Profile};

use super::Invitee;

/// The access of one member, to be set or removed.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) who: Invitee,
    /// The access to set. `None` removes the member.
    pub(super) access: Access,
    /// The access that the list of members shows. `None` if it was not read, or if there is no such
    /// member.
    pub(super) before: Option<Access>,
    /// Whether the member owns the room.
    pub(super) is_owner: bool,
    pub(super) subject: Subject,
}

/// The person or people group that a change is about.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// Not read, or the caller is not allowed to read it.
    Unread,
    /// The portal has no such person or people group.
    Unknown,
    Person(Box<Profile>),
    /// A people group with this name.
    Group(String),
}

impl Change {
    pub(super) fn new(who: Invitee, access: Access) -> Self {
        Self { who, access, before: None, is_owner: false, subject: Subject::Unread }
    }

    /// The removal of a member who was listed.
    pub(super) fn removal(member: &Member) -> Option<Self> {
        let mut change = Self::new(Invitee::Id(member.id()?), Access::None);
        change.found(member);
        Some(change)
    }

    /// Takes over what the list of members shows about this member.
    pub(super) fn found(&mut self, member: &Member) {
        self.before = Some(member.access);
        self.is_owner = member.is_owner;
        self.subject = match (&member.shared_to_user, &member.shared_to_group) {
            (Some(person), _) => Subject::Person(Box::new(person.clone())),
            (None, Some(group)) => Subject::Group(group.name.clone()),
            (None, None) => Subject::Unread,
        };
    }

    /// Whether this gives access, instead of removing a member.
    pub(super) fn gives(&self) -> bool {
        self.access != Access::None
    }

    /// Whether this is about an address that the caller is not allowed to look up.
    pub(super) fn is_unread_address(&self) -> bool {
        matches!((&self.subject, &self.who), (Subject::Unread, Invitee::Email(_))) && self.before.is_none()
    }

    /// Whether the member has the access already.
    pub(super) fn is_made(&self) -> bool {
        self.before == Some(self.access)
    }

    /// Returns the id, if it is known.
    pub(super) fn id(&self) -> Option<MemberId> {
        match (&self.subject, &self.who) {
            (Subject::Person(person), _) => Some(person.id.into()),
            (_, Invitee::Id(id)) => Some(*id),
            (_, Invitee::Email(_)) => None,
        }
    }

    /// The name that the portal shows. If it is not known, the address or id.
    pub(super) fn name(&self) -> String {
        match &self.subject {
            Subject::Person(person) if !person.display_name.trim().is_empty() => person.display_name.clone(),
            Subject::Group(name) => name.clone(),
            _ => self.email().map_or_else(|| self.who.to_string(), str::to_owned),
        }
    }

    /// The address, if it is known.
    pub(super) fn email(&self) -> Option<&str> {
        match (&self.subject, &self.who) {
            (Subject::Person(person), _) if person.email.is_some() => person.email.as_deref(),
            (_, Invitee::Email(email)) => Some(email),
            (_, Invitee::Id(_)) => None,
        }
    }

    pub(super) fn invitation(&self) -> MemberInvitation {
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

/// As errors name the member.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_member(f, &self.name(), self.email())
    }
}

/// Writes the name, and the address in parentheses unless it is the name.
pub(super) fn write_member(f: &mut fmt::Formatter<'_>, name: &str, email: Option<&str>) -> fmt::Result {
    match email.filter(|email| !email.eq_ignore_ascii_case(name)) {
        Some(email) => write!(f, "{name} ({email})"),
        None => f.write_str(name),
    }
}
