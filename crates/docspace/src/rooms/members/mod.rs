//! The members of a room, and their access.
//!
//! Start with [`RoomHandle::members`].

mod checks;
mod invitee;
pub(crate) mod roles;
mod set;
mod verify;

use std::sync::Arc;

pub use docspace_api::SubjectType;
pub use docspace_api::types::{Member, MemberId};
use docspace_api::types::{PersonId, ResendInvitationsRequest};
use docspace_api::{Access, ClientMembersExt, RoomType};
use futures::stream::TryStreamExt;
pub use invitee::Invitee;
pub use set::SetMembers;

use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::rooms::{RoomHandle, RoomRef};
use crate::support::pages::{self, PAGE, Page};

impl RoomHandle {
    /// The room's members.
    pub fn members(&self) -> Members {
        Members::new(self.portal().clone(), self.room().clone())
    }
}

/// The members of one room: people and groups of people. Made by [`RoomHandle::members`](crate::RoomHandle::members).
///
/// ```
/// use docspace::Access;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let members = portal.room(&room).members();
/// members.add("ann@acme.com", Access::Editing).await?; // who is not on the portal yet is invited
/// for member in members.list().await? {
///     println!("{} {}", member.name().unwrap_or_default(), member.access);
/// }
/// assert_eq!(members.get("ann@acme.com").await?.access, Access::Editing);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Members {
    portal: Portal,
    room: RoomRef,
}

impl Members {
    pub(crate) fn new(portal: Portal, room: RoomRef) -> Self {
        Self { portal, room }
    }

    /// What members can have in a room of this type, the strongest first, beside `None`, which takes access away. None
    /// for a type that this version does not know, where the portal decides.
    ///
    /// `RoomManager` is only for people who may make rooms: not for users, guests and groups of people.
    ///
    /// ```
    /// use docspace::members::Members;
    /// use docspace::{Access, RoomType};
    /// assert_eq!(Members::roles_of(RoomType::Public), Some(&[Access::RoomManager, Access::ContentCreator][..]));
    /// ```
    pub fn roles_of(room_type: RoomType) -> Option<&'static [Access]> {
        roles::accesses(room_type)
    }

    /// All members, the owner first. Who may not see them gets none, without an error.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room.
    pub async fn list(&self) -> Result<Vec<Member>> {
        self.stream().try_collect().await
    }

    /// The members as they come, page by page. Nobody comes twice, although a portal lists the owner a second time after
    /// somebody tried to give the owner an access (portal-facts 6.7).
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    pub fn stream(&self) -> BoxStream<'static, Result<Member>> {
        self.pages(Which::All)
    }

    /// The members that are people, the owner first.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn people(&self) -> Result<Vec<Member>> {
        self.pages(Which::People).try_collect().await
    }

    /// The members that are groups of people.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn groups(&self) -> Result<Vec<Member>> {
        self.pages(Which::Groups).try_collect().await
    }

    /// How many entries the list has, without reading it; an owner that the portal lists twice counts twice.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn total(&self) -> Result<i64> {
        Ok(self.page(0, 1, Which::All).await?.total.unwrap_or_default())
    }

    /// One member. Somebody who has access only by way of a group is none.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room, and when this is no member of it or one may not see the members.
    pub async fn get(&self, who: impl Into<Invitee>) -> Result<Member> {
        let who = who.into();
        let mut members = self.stream();
        while let Some(member) = members.try_next().await? {
            if who.is(&member) {
                return Ok(member);
            }
        }
        let reason = format!("{who} is no member of the room");
        Err(Error::new(ErrorKind::NotFound, reason).of(&self.call("list_members")).advise("list the members"))
    }

    /// Gives somebody access: a person or group by id, or a person by e-mail address. An address that the portal does not
    /// know is invited to it; [`SetMembers::known_only`] refuses that. Whoever is a member already gets the access instead
    /// of the one before.
    ///
    /// # Errors
    ///
    /// As [`SetMembers::send`].
    pub async fn add(&self, who: impl Into<Invitee>, access: Access) -> Result<()> {
        self.set().give(who, access).send().await
    }

    /// Takes somebody's access away. An id that has none changes nothing.
    ///
    /// # Errors
    ///
    /// `NotFound` for an address that no member has, or none that the caller may see; otherwise as for
    /// [`add`](Self::add).
    pub async fn remove(&self, who: impl Into<Invitee>) -> Result<()> {
        self.set().remove(who).send().await
    }

    /// Leaves the room: removes the caller's own access.
    ///
    /// # Errors
    ///
    /// - `Invalid`: the caller owns the room.
    /// - Otherwise as for [`add`](Self::add).
    pub async fn leave(&self) -> Result<()> {
        let me = self.portal.my_id().await?;
        self.remove(me).await
    }

    /// Several changes in one call: say which, then `send`.
    pub fn set(&self) -> SetMembers {
        SetMembers::new(self.clone())
    }

    /// Sends the invitation once more to these people, who have not accepted it yet.
    ///
    /// # Errors
    ///
    /// `Invalid` for nobody; a portal would do nothing and say nothing. `Forbidden` when one may not, or there is no such
    /// room. `RateLimited` when it is done often: a portal allows five in a quarter of an hour.
    pub async fn resend(&self, people: impl IntoIterator<Item = PersonId>) -> Result<()> {
        let people: Vec<PersonId> = people.into_iter().collect();
        if people.is_empty() {
            return Err(Error::invalid("there is nobody to write to").advise("name people, or use `resend_all`"));
        }
        self.send_again(ResendInvitationsRequest { users_ids: Some(people), resend_all: Some(false) }).await
    }

    /// Sends the invitation once more to everybody who has not accepted it yet.
    ///
    /// # Errors
    ///
    /// As for [`resend`](Self::resend).
    pub async fn resend_all(&self) -> Result<()> {
        self.send_again(ResendInvitationsRequest { users_ids: None, resend_all: Some(true) }).await
    }

    async fn send_again(&self, request: ResendInvitationsRequest) -> Result<()> {
        let call = self.call("resend_invitations");
        let answer = self.portal.api().resend_invitations().id(self.room.id.clone()).body(request).send().await;
        call.envelope(answer).await.map(drop)
    }

    fn pages(&self, which: Which<'static>) -> BoxStream<'static, Result<Member>> {
        let members = Arc::new(self.clone());
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Member>>> {
            let members = Arc::clone(&members);
            Box::pin(async move { members.page(start, PAGE, which).await })
        };
        pages::stream(fetch, Member::id)
    }

    async fn page(&self, start: i32, count: i32, which: Which<'_>) -> Result<Page<Member>> {
        let mut request = self.portal.api().list_members().id(self.room.id.clone()).count(count).start_index(start);
        request = match which {
            Which::All => request,
            Which::People => request.filter_type(16),
            Which::Groups => request.filter_type(32),
            Which::Text(text) => request.filter_value(text),
        };
        let call = self.call("list_members");
        let envelope = call.envelope(request.send().await).await?;
        Ok(Page { items: envelope.response.unwrap_or_default(), total: envelope.total })
    }

    fn call(&self, operation: &'static str) -> Call {
        Call::new(operation, format!("of room {}", self.room.id))
    }
}

/// Which members a page shows.
#[derive(Clone, Copy, Debug)]
enum Which<'t> {
    All,
    People,
    Groups,
    /// Those with this in their name or address, but never the owner.
    Text(&'t str),
}
