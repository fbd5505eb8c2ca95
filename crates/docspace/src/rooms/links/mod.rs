//! The links of a room: share it with people who have no account, or invite people to join it.
//!
//! Start with [`RoomHandle::links`]. To open a room as a visitor who has only a link, use
//! [`Portal::visitor`].

mod create;
mod rules;
mod update;
mod verify;
mod visitor;

pub use create::{CreateInvitation, CreateLink};
use docspace_api::types::SetRoomLinkRequest;
pub use docspace_api::types::{LinkDetails, LinkId, LinkKey, RoomLink};
use docspace_api::{Access, ClientLinksExt, RoomType, Timestamp};
pub use docspace_api::{LinkKeyStatus, LinkType};
pub use rules::LinkRules;
pub use update::UpdateLink;
pub use visitor::Visitor;

use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform;
use crate::portal::Portal;
use crate::rooms::{RESTORE_FIRST, RoomHandle, RoomRef, with_archive_advice};

impl RoomHandle {
    /// Returns the links of the room, to list, create, change and revoke them. Sends nothing.
    pub fn links(&self) -> Links {
        Links::new(self.portal().clone(), self.room().clone())
    }
}

/// The links of one room. Returned by [`RoomHandle::links`](crate::RoomHandle::links).
///
/// - An **external link** opens the room to everyone who has its address. A custom or public room
///   has one primary external link and up to five additional ones. Other types of room have fewer
///   links or none; see [`LinkRules`].
/// - An **invitation link** makes each person who follows it a member. A room has at most one.
///
/// ```
/// use docspace::{Access, Timestamp};
///
/// # doc_examples::with_room(async |_, room| {
/// let links = room.links();
/// let expires = Timestamp::in_days(30);
/// let link = links.create(Access::Read).title("For the client").expires(expires).send().await?;
/// println!("send this to the client: {}", link.url());
///
/// links.update(&link).title("For the auditor").send().await?; // the expiry stays
/// links.revoke(&link).await?;
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct Links {
    portal: Portal,
    room: RoomRef,
}

brief_debug!(Links, |links| room: links.room.id);

impl Links {
    pub(crate) fn new(portal: Portal, room: RoomRef) -> Self {
        Self { portal, room }
    }

    /// Creates an additional external link that gives this access. Add more settings if needed,
    /// then call [`send`](CreateLink::send).
    pub fn create(&self, access: Access) -> CreateLink {
        CreateLink::new(self.clone(), access)
    }

    /// Creates the invitation link. Each person who follows it becomes a member with this access.
    /// Add more settings if needed, then call [`send`](CreateInvitation::send).
    pub fn invite(&self, access: Access) -> CreateInvitation {
        CreateInvitation::new(self.clone(), access)
    }

    /// Lists all links of the room, the strongest access first. Only the owner and room managers
    /// can see links. For any other caller, the list is empty, without an error.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    pub async fn list(&self) -> Result<Vec<RoomLink>> {
        let call = self.call("list_room_links", "");
        let answer = self.portal.api().list_room_links().id(self.room.id.clone()).send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// Reads one link of the room, given by its id or as it was read before.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist, it has no such link, or
    ///   the caller is not allowed to see its links.
    pub async fn get(&self, link: impl Into<LinkId>) -> Result<RoomLink> {
        let link = link.into();
        let found = self.list().await?.into_iter().find(|candidate| candidate.id() == link);
        found.ok_or_else(|| {
            Error::new(ErrorKind::NotFound, "the room has no such link, or you are not allowed to see its links")
                .of(&self.call("get_room_link", link))
                .advise("list the room's links")
        })
    }

    /// Changes a link. Set what is to change, then call [`send`](UpdateLink::send). Everything else
    /// stays as it is.
    pub fn update(&self, link: impl Into<LinkId>) -> UpdateLink {
        UpdateLink::new(self.clone(), link.into())
    }

    /// Revokes a link, so that its address stops working. Returns the new primary link if the
    /// portal created one.
    ///
    /// The primary link of a public or form-filling room cannot be removed: the portal replaces it
    /// with a new primary link.
    ///
    /// The call succeeds if the link is gone, even if the portal's answer was lost. To find out,
    /// the client reads the links afterwards: an update by another caller at the same moment may
    /// have created the link again (docs/portal/links.md#concurrent-calls).
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist, it has no such link, or
    ///   the caller is not allowed to see its links.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to revoke the link,
    ///   or the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the link still exists although the portal reported
    ///   success. Revoke it again.
    pub async fn revoke(&self, link: impl Into<LinkId>) -> Result<Option<RoomLink>> {
        let link = link.into();
        let found = self.get(link).await?;
        let request = SetRoomLinkRequest::new(link, found.shared_link.link_type, Access::None);
        let call = self.call("revoke_room_link", link);
        let left = match self.set(&call, request).await {
            Ok(_) => self.list().await?,
            // After a lost answer the call is repeated. The portal then treats the id as that of a
            // new link, and rejects it if the room already has the maximum number of links.
            Err(error) => match self.list().await {
                Ok(left) if is_gone(link, &left, &error) => left,
                _ => return Err(error),
            },
        };
        if left.iter().any(|other| other.id() == link) {
            return Err(Error::new(ErrorKind::NotDone, "the portal reported success, but the link is still there")
                .of(&call)
                .advise("another caller may have changed it at the same time: revoke it again"));
        }
        // The answer to the call itself contains the new link without its key.
        let replaced = found.is_primary() && found.can_revoke;
        Ok(left.into_iter().find(|other| replaced && other.is_primary()))
    }

    /// Returns the primary external link.
    ///
    /// **If a custom room has no primary link, this call creates it**, and everyone who has the
    /// link can then read the room. Public and form-filling rooms always have a primary link. Calls
    /// that run at the same time return the same link.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a room of this type cannot have a primary link.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the room, or
    ///   to create the link if there is none.
    pub async fn primary(&self) -> Result<RoomLink> {
        let call = self.call("get_primary_room_link", "");
        rules::primary(self.room.room_type(&self.portal).await?).map_err(|error| error.of(&call))?;
        let answer = self.portal.api().get_primary_room_link().id(self.room.id.clone()).send().await;
        let error = match call.response(answer, |envelope| envelope.response).await {
            Err(error) if error.is_forbidden() => error,
            outcome => return outcome,
        };
        // The portal also refuses to create the link if another call has just created it
        // (docs/portal/links.md#the-primary-link).
        let existing = self.list().await.ok().and_then(|links| links.into_iter().find(RoomLink::is_primary));
        existing.ok_or(error)
    }

    async fn set(&self, call: &Call, request: SetRoomLinkRequest) -> Result<Option<RoomLink>> {
        let answer =
            self.portal.api_named(call.name()).set_room_link().id(self.room.id.clone()).body(request).send().await;
        let outcome = call.envelope(answer).await;
        Ok(with_archive_advice(&self.portal, &self.room.id, outcome).await?.response)
    }

    /// Explains why one more link was refused. If the room has the maximum number of links, the
    /// error says so. The portal's own message depends on the language of the caller.
    async fn explain(&self, error: Error, room: RoomType, is_counted: fn(&RoomLink) -> bool, max: usize) -> Error {
        if !error.is_forbidden() || error.advice() == RESTORE_FIRST {
            return error;
        }
        // The list is empty for callers who cannot see the links or whose key has no suitable
        // scope.
        let links: Vec<RoomLink> = self.list().await.unwrap_or_default().into_iter().filter(is_counted).collect();
        if links.len() < max {
            return error;
        }
        let titles: Vec<String> = links.iter().map(|link| format!("`{}`", link.title())).collect();
        error
            .conflict(format!("a {room} room has at most {max} such links, and this one has {}", titles.join(", ")))
            .advise("change one of them, or revoke it first")
    }

    /// Creates or changes a link, and checks that the result is what was requested.
    async fn set_and_check(&self, call: &Call, request: SetRoomLinkRequest) -> Result<RoomLink> {
        let link = self.set(call, request.clone()).await?;
        verify::check(call, &request, link.ok_or_else(|| call.no_response())?)
    }

    fn call(&self, operation: &'static str, what: impl std::fmt::Display) -> Call {
        let (what, room) = (what.to_string(), &self.room.id);
        let subject = if what.is_empty() { format!("in room {room}") } else { format!("{what} of room {room}") };
        Call::new(operation, subject)
    }
}

/// Whether a link is missing from this list. The list is empty for callers who are not allowed to
/// see the links, so an empty list proves nothing after a refusal.
fn is_gone(link: LinkId, left: &[RoomLink], error: &Error) -> bool {
    left.iter().all(|other| other.id() != link) && !(left.is_empty() && error.is_forbidden())
}

/// Checks that an expiry is in the future and at most ten years ahead. The portal ignores a date
/// that has passed, and the external link then never expires (docs/portal/links.md#expiry-dates).
fn expiry(date: Timestamp) -> Result<Timestamp> {
    let now = platform::now();
    if date.to_utc() <= now {
        return Err(Error::invalid(format!("the expiry {date} has passed"))
            .advise("give a date in the future; to end a link now, revoke it"));
    }
    if date.to_utc() > now + chrono::Months::new(120) {
        return Err(Error::invalid(format!("the expiry {date} is more than ten years ahead"))
            .advise("give a date within the next ten years"));
    }
    Ok(date)
}

/// Checks the number of uses of an invitation link.
fn use_count(count: u32) -> Result<i32> {
    match i32::try_from(count) {
        Ok(count @ 1..=1000) => Ok(count),
        _ => Err(Error::invalid(format!("an invitation cannot be limited to {count} uses")).advise("use 1 to 1000")),
    }
}

/// The name of a type of link, for messages.
fn type_name(link_type: LinkType) -> &'static str {
    if link_type == LinkType::Invitation { "invitation" } else { "external" }
}
