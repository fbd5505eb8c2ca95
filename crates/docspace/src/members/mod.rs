//! The members of a room.

mod rules;
mod set;

use std::sync::Arc;

use docspace_api::types::{Member, MemberId, PersonId, ResendInvitationsRequest};
use docspace_api::{Access, ClientMembersExt};
use futures::stream::TryStreamExt;
pub use set::{Invitee, SetMembers};

use crate::error::{Call, Result};
use crate::pages::{self, PAGE, Page};
use crate::portal::Portal;
use crate::rooms::RoomRef;
use crate::runtime::{BoxFuture, BoxStream};

/// The members of one room: people and groups of people. Made by [`RoomHandle::members`](crate::RoomHandle::members).
///
/// ```no_run
/// # async fn example(portal: docspace::Portal, room: docspace::Room) -> docspace::Result<()> {
/// use docspace::Access;
/// let members = portal.room(&room).members();
/// members.add("ann@acme.com", Access::Editing).await?;
/// for member in members.list().await? {
///     println!("{:?} {}", member.id(), member.access);
/// }
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

    /// All members, the owner first. Who may not see them gets none, without an error.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room.
    pub async fn list(&self) -> Result<Vec<Member>> {
        self.stream().try_collect().await
    }

    /// The members as they come, page by page.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    pub fn stream(&self) -> BoxStream<'static, Result<Member>> {
        let members = Arc::new(self.clone());
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Member>>> {
            let members = Arc::clone(&members);
            Box::pin(async move { members.page(start, None).await })
        };
        // The owner can be listed a second time, with the access somebody tried to give (portal-facts 6.7).
        pages::stream(fetch, |member| (member.id(), member.is_owner))
    }

    /// Gives somebody access: a person or group by id, or a person by e-mail address. An address that the portal does not
    /// know is invited to it. Whoever is a member already gets the access instead of the one before.
    ///
    /// # Errors
    ///
    /// `Invalid` for a role that the type of room does not have; `Forbidden` when one may not, or the role does not fit
    /// the person; `Operation` when the portal answered as if it were done and did not do it.
    pub async fn add(&self, who: impl Into<Invitee>, access: Access) -> Result<()> {
        self.set().give(who, access).send().await
    }

    /// Takes somebody's access away.
    ///
    /// # Errors
    ///
    /// As for [`add`](Self::add).
    pub async fn remove(&self, who: impl Into<Invitee>) -> Result<()> {
        self.set().remove(who).send().await
    }

    /// Several changes in one call: say which, then `send`.
    pub fn set(&self) -> SetMembers {
        SetMembers::new(self.clone())
    }

    /// Sends the invitation once more to these people, who have not accepted it yet.
    ///
    /// # Errors
    ///
    /// `RateLimited` when it is done often: a portal allows five in a quarter of an hour.
    pub async fn resend(&self, people: impl IntoIterator<Item = PersonId>) -> Result<()> {
        let people: Vec<PersonId> = people.into_iter().collect();
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

    async fn page(&self, start: i32, search: Option<String>) -> Result<Page<Member>> {
        let mut request = self.portal.api().list_members().id(self.room.id.clone()).count(PAGE).start_index(start);
        if let Some(text) = search {
            request = request.filter_value(text);
        }
        let call = self.call("list_members");
        let envelope = call.envelope(request.send().await).await?;
        Ok(Page { items: envelope.response.unwrap_or_default(), total: envelope.total })
    }

    /// The member with this id or address, if there is one.
    async fn find(&self, who: &Invitee) -> Result<Option<Member>> {
        let fits = |member: &Member| match who {
            Invitee::Id(id) => member.id() == Some(*id) && !member.is_owner,
            Invitee::Email(email) => member.email().is_some_and(|known| known.eq_ignore_ascii_case(email)),
        };
        match who {
            Invitee::Email(email) => {
                let page = self.page(0, Some(email.clone())).await?;
                Ok(page.items.into_iter().find(fits))
            }
            Invitee::Id(_) => Ok(self.list().await?.into_iter().find(fits)),
        }
    }

    fn call(&self, operation: &'static str) -> Call {
        Call::new(operation, format!("of room {}", self.room.id))
    }
}

impl From<MemberId> for Invitee {
    fn from(id: MemberId) -> Self {
        Self::Id(id)
    }
}
