//! The members of a room, and what each of them can do.
//!
//! Start with [`RoomHandle::members`].

mod change;
mod changes;
mod checks;
mod invitee;
mod lookup;
mod problems;
pub(crate) mod roles;
mod set;
mod verify;

use std::sync::Arc;

pub use changes::{Changes, MemberChange};
pub use docspace_api::SubjectType;
pub use docspace_api::types::{Member, MemberId};
use docspace_api::types::{PersonId, ResendInvitationsRequest};
use docspace_api::{Access, ClientMembersExt, RoomType};
use futures::stream::TryStreamExt;
pub use invitee::Invitee;
pub use set::SetMembers;

use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::rooms::{RoomHandle, RoomRef};
use crate::support::pages::{self, PAGE, Page};

impl RoomHandle {
    /// Returns the members of the room, to list, add, change and remove them. Sends nothing.
    pub fn members(&self) -> Members {
        Members::new(self.portal().clone(), self.room().clone())
    }
}

/// The members of one room: people and people groups. Returned by
/// [`RoomHandle::members`](crate::RoomHandle::members).
///
/// ```
/// use docspace::Access;
///
/// # doc_examples::with_room(async |_, room| {
/// let members = room.members();
/// members.invite("ann@acme.com", Access::Editing).await?; // ann may have no account yet
/// for member in members.list().await? {
///     println!("{} {}", member.name().unwrap_or_default(), member.access);
/// }
/// members.remove("ann@acme.com").await?;
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct Members {
    portal: Portal,
    room: RoomRef,
}

brief_debug!(Members, |members| room: members.room.id);

impl Members {
    pub(crate) fn new(portal: Portal, room: RoomRef) -> Self {
        Self { portal, room }
    }

    /// Lists all members, the owner first. The list is empty, without an error, if the caller is
    /// not allowed to see the members.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    pub async fn list(&self) -> Result<Vec<Member>> {
        self.stream().try_collect().await
    }

    /// Reads one member. A person who has access only through a people group is not a member.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist, the person or group is
    ///   not a member, or the caller is not allowed to see the members.
    pub async fn get(&self, who: impl Into<Invitee>) -> Result<Member> {
        let who = who.into();
        let mut members = self.stream();
        while let Some(member) = members.try_next().await? {
            if who.is(&member) {
                return Ok(member);
            }
        }
        let reason = format!("{who} is not a member of the room");
        Err(Error::new(ErrorKind::NotFound, reason).of(&self.call("list_members")).advise("list the members"))
    }

    /// Gives a person or a people group access to the room, or changes the access of a member.
    ///
    /// People can be given by id or by e-mail address. A person without an account is an error: use
    /// [`invite`](Self::invite) for such a person.
    ///
    /// # Errors
    ///
    /// See [`SetMembers::send`].
    pub async fn add(&self, who: impl Into<Invitee>, access: Access) -> Result<()> {
        self.set().give(who, access).send().await.map(drop)
    }

    /// Gives the person with this e-mail address access to the room, like [`add`](Self::add). **If
    /// the portal does not know the address, it creates an account for a guest**, who is pending
    /// until the invitation is accepted.
    ///
    /// The person gets no message. To send one, use [`set`](Self::set) with
    /// [`invite_unknown`](SetMembers::invite_unknown) and [`notify`](SetMembers::notify).
    ///
    /// # Errors
    ///
    /// See [`SetMembers::send`].
    pub async fn invite(&self, email: impl Into<String>, access: Access) -> Result<()> {
        self.set().give(email.into(), access).invite_unknown().send().await.map(drop)
    }

    /// Removes a member, given by id or e-mail address. Removing an id that is not a member changes
    /// nothing.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): no member has this address, or the caller is not
    ///   allowed to see the members.
    /// - For the others, see [`SetMembers::send`].
    pub async fn remove(&self, who: impl Into<Invitee>) -> Result<()> {
        self.set().remove(who).send().await.map(drop)
    }

    /// Removes the caller from the room.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the caller owns the room.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to leave the room,
    ///   or it is archived.
    pub async fn leave(&self) -> Result<()> {
        let me = self.portal.my_id().await?;
        self.remove(me).await
    }

    /// Makes several changes in one call. Add the changes, then call [`send`](SetMembers::send).
    pub fn set(&self) -> SetMembers {
        SetMembers::new(self.clone())
    }

    /// Makes these the members of the room: adds those who are missing, changes the access of those
    /// who have another one, and removes everyone else but the owner. Call
    /// [`preview`](SetMembers::preview) to see the changes, and [`send`](SetMembers::send) to make
    /// them.
    ///
    /// - People groups are members too: a group that is not given, by id, is removed.
    /// - A member without an address can only be kept by id.
    /// - The owner stays, and must not be given. An empty list leaves only the owner.
    /// - Callers who are members must be given too: they cannot remove themselves with this, but
    ///   with [`leave`](Self::leave).
    /// - The portal gives access before it removes anyone. Links stay as they are.
    ///
    /// ```
    /// use docspace::Access;
    ///
    /// # doc_examples::with_people(async |_, room, ann, bob| {
    /// let wanted = [(ann, Access::RoomManager), (bob, Access::Read)];
    /// let changes = room.members().replace(wanted).send().await?;
    /// println!("{} added or changed, {} removed", changes.given.len(), changes.removed.len());
    ///
    /// let again = room.members().replace(wanted).send().await?;
    /// assert!(again.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub fn replace(&self, wanted: impl IntoIterator<Item = (impl Into<Invitee>, Access)>) -> SetMembers {
        let give = |set: SetMembers, (who, access)| set.give(who, access);
        wanted.into_iter().fold(self.set().replacing(), give)
    }

    /// Returns the members as a stream, which requests a page of 100 members at a time. No member
    /// occurs twice, although a portal can list the owner twice
    /// (docs/portal/members.md#the-owner-in-the-list-of-entries).
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    pub fn stream(&self) -> BoxStream<'static, Result<Member>> {
        self.pages(MemberFilter::All)
    }

    /// Lists the members that are people, the owner first.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    pub async fn people(&self) -> Result<Vec<Member>> {
        self.pages(MemberFilter::People).try_collect().await
    }

    /// Lists the members that are people groups.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    pub async fn groups(&self) -> Result<Vec<Member>> {
        self.pages(MemberFilter::Groups).try_collect().await
    }

    /// Counts the members without reading them. If the portal lists the owner twice, the owner
    /// counts twice.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    pub async fn total(&self) -> Result<u64> {
        Ok(self.page(0, 1, MemberFilter::All).await?.count())
    }

    /// Returns the accesses that a member can have in a room of this type, the strongest first.
    /// Returns `None` for a type that this version does not know. For such a type, the portal alone
    /// decides.
    ///
    /// `RoomManager` is only for room administrators and administrators of the portal, not for
    /// users, guests and people groups.
    ///
    /// ```
    /// use docspace::members::Members;
    /// use docspace::{Access, RoomType};
    ///
    /// let roles = Members::roles_of(RoomType::Public).expect("the type is known");
    /// assert_eq!(roles, [Access::RoomManager, Access::ContentCreator]);
    /// ```
    pub fn roles_of(room_type: RoomType) -> Option<&'static [Access]> {
        roles::accesses(room_type)
    }

    /// Sends the invitation again to these people, who have not accepted it yet.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): no person is given.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to manage the
    ///   members, or the room does not exist.
    /// - [`RateLimited`](crate::ErrorKind::RateLimited): a portal that limits sensitive calls
    ///   accepts five of these calls to a room in 15 minutes.
    pub async fn resend_invitations(&self, people: impl IntoIterator<Item = PersonId>) -> Result<()> {
        let people: Vec<PersonId> = people.into_iter().collect();
        if people.is_empty() {
            return Err(Error::invalid("no person is given to send the invitation to")
                .advise("give their ids, or use `resend_all`"));
        }
        self.send_again(ResendInvitationsRequest { users_ids: Some(people), resend_all: Some(false) }).await
    }

    /// Sends the invitation again to all people who have not accepted it yet.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to manage the
    ///   members, or the room does not exist.
    /// - [`RateLimited`](crate::ErrorKind::RateLimited): a portal that limits sensitive calls
    ///   accepts five of these calls to a room in 15 minutes.
    pub async fn resend_all(&self) -> Result<()> {
        self.send_again(ResendInvitationsRequest { users_ids: None, resend_all: Some(true) }).await
    }

    async fn send_again(&self, request: ResendInvitationsRequest) -> Result<()> {
        let call = self.call("resend_invitations");
        let answer = self.portal.api().resend_invitations().id(self.room.id.clone()).body(request).send().await;
        call.envelope(answer).await.map(drop)
    }

    fn pages(&self, filter: MemberFilter<'static>) -> BoxStream<'static, Result<Member>> {
        let members = Arc::new(self.clone());
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Member>>> {
            let members = Arc::clone(&members);
            Box::pin(async move { members.page(start, PAGE, filter).await })
        };
        pages::stream(fetch, Member::id)
    }

    async fn page(&self, start: i32, count: i32, filter: MemberFilter<'_>) -> Result<Page<Member>> {
        let mut request = self.portal.api().list_members().id(self.room.id.clone()).count(count).start_index(start);
        request = match filter {
            MemberFilter::All => request,
            MemberFilter::People => request.filter_type(16),
            MemberFilter::Groups => request.filter_type(32),
            MemberFilter::Text(text) => request.filter_value(text),
        };
        let call = self.call("list_members");
        let envelope = call.envelope(request.send().await).await?;
        Ok(Page { items: envelope.response.unwrap_or_default(), total: envelope.total })
    }

    fn call(&self, operation: &'static str) -> Call {
        Call::new(operation, format!("of room {}", self.room.id))
    }
}

/// Which members to list.
#[derive(Clone, Copy, Debug)]
enum MemberFilter<'t> {
    All,
    People,
    Groups,
    /// Members whose name or address contains this text. Never the owner.
    Text(&'t str),
}
