//! The links of a room: share it with people who have no account, or invite people to it.
//!
//! Start with [`RoomHandle::links`]. [`Portal::visitor`] sees a room as somebody who has only a link.

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

use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform;
use crate::portal::Portal;
use crate::rooms::{RESTORE_FIRST, RoomHandle, RoomRef, unless_archived};

impl RoomHandle {
    /// The room's links.
    pub fn links(&self) -> Links {
        Links::new(self.portal().clone(), self.room().clone())
    }
}

/// The links of one room. Made by [`RoomHandle::links`](crate::RoomHandle::links).
///
/// ```
/// use docspace::{Access, Timestamp};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().clock(docspace_mock::Clock::real()).start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let links = portal.room(&room).links();
/// let link = links.create(Access::Read).title("For the client").expires(Timestamp::in_days(30)).send().await?;
/// let renamed = links.update(link.id()).title("For the auditor").send().await?;
/// assert_eq!(renamed.expires(), link.expires(), "what is not mentioned stays");
///
/// links.revoke(link.id()).await?;
/// assert!(links.list().await?.is_empty());
/// # Ok(())
/// # }
/// ```
///
/// An external link opens the room to whoever has its address, an invitation link makes whoever follows it a member. A
/// room has at most one invitation link; a custom or public room has one external link that is its primary one and at most
/// five additional ones; the other types have fewer or none, see [`LinkRules`].
#[derive(Clone, Debug)]
pub struct Links {
    portal: Portal,
    room: RoomRef,
}

impl Links {
    pub(crate) fn new(portal: Portal, room: RoomRef) -> Self {
        Self { portal, room }
    }

    /// All links of the room, the strongest access first. Who may not see them gets none, without an error.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room.
    pub async fn list(&self) -> Result<Vec<RoomLink>> {
        let call = self.call("list_room_links", "");
        let answer = self.portal.api().list_room_links().id(self.room.id.clone()).send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// One link of the room.
    ///
    /// # Errors
    ///
    /// `NotFound` when the room has no such link, or the caller may not see it.
    pub async fn get(&self, link: LinkId) -> Result<RoomLink> {
        let found = self.list().await?.into_iter().find(|candidate| candidate.id() == link);
        found.ok_or_else(|| {
            Error::new(ErrorKind::NotFound, "the room has no such link, or you may not see it")
                .of(&self.call("get_room_link", link))
                .advise("list the room's links")
        })
    }

    /// The primary external link. A custom room that has none gets one, which opens the room to whoever has the link. When
    /// several ask for it at once, all get the same one.
    ///
    /// # Errors
    ///
    /// `Invalid` for a type of room that cannot have one, `Forbidden` when one may not.
    pub async fn primary(&self) -> Result<RoomLink> {
        let call = self.call("get_primary_room_link", "");
        rules::primary(self.room.room_type(&self.portal).await?).map_err(|error| error.of(&call))?;
        let answer = self.portal.api().get_primary_room_link().id(self.room.id.clone()).send().await;
        let error = match call.response(answer, |envelope| envelope.response).await {
            Err(error) if error.is_forbidden() => error,
            outcome => return outcome,
        };
        // A portal also refuses to make the link when somebody else has just made it (portal-facts 7.4).
        let made = self.list().await.ok().and_then(|links| links.into_iter().find(RoomLink::is_primary));
        made.ok_or(error)
    }

    /// Makes an additional external link: say what it shall be, then `send`.
    pub fn create(&self, access: Access) -> CreateLink {
        CreateLink::new(self.clone(), access)
    }

    /// Makes the invitation link, which makes whoever follows it a member with this access.
    pub fn invite(&self, access: Access) -> CreateInvitation {
        CreateInvitation::new(self.clone(), access)
    }

    /// Changes a link: say what, then `send`. Everything else stays as it is.
    pub fn update(&self, link: LinkId) -> UpdateLink {
        UpdateLink::new(self.clone(), link)
    }

    /// Revokes a link: its address stops working. The primary link of a public or form-filling room cannot go, so the
    /// portal makes a new one in its place, which is returned.
    ///
    /// The links are read afterwards, since somebody who changes the link at the same moment
    /// creates it again (portal-facts 7.2).
    ///
    /// # Errors
    ///
    /// - `NotFound`: the room has no such link.
    /// - `Forbidden`: the caller is not allowed to revoke it.
    /// - `NotDone`: the link is still there although the portal reported success.
    ///
    /// If the link is gone, the call succeeds even if the answer was lost.
    pub async fn revoke(&self, link: LinkId) -> Result<Option<RoomLink>> {
        let found = self.get(link).await?;
        let request = SetRoomLinkRequest::new(link, found.shared_link.link_type, Access::None);
        let call = self.call("revoke_room_link", link);
        let left = match self.set(&call, request).await {
            Ok(_) => self.list().await?,
            // After a lost answer the call is made again. The portal then takes the id for that of a new link, and
            // rejects it if the room already has as many links as it can have.
            Err(error) => match self.list().await {
                Ok(left) if is_gone(link, &left, &error) => left,
                _ => return Err(error),
            },
        };
        if left.iter().any(|other| other.id() == link) {
            return Err(Error::new(ErrorKind::NotDone, "the portal answered, but the link is still there")
                .of(&call)
                .advise("somebody may have changed it meanwhile: revoke it again"));
        }
        // The answer to the call itself has the new link without its key.
        let replaced = found.is_primary() && found.can_revoke;
        Ok(left.into_iter().find(|other| replaced && other.is_primary()))
    }

    async fn set(&self, call: &Call, request: SetRoomLinkRequest) -> Result<Option<RoomLink>> {
        let answer = self.portal.api().set_room_link().id(self.room.id.clone()).body(request).send().await;
        let outcome = call.envelope(answer).await;
        Ok(unless_archived(&self.portal, &self.room.id, outcome).await?.response)
    }

    /// A refusal of one more link: when there are as many as there can be, the error says so. The portal's text would
    /// too, but in its caller's language.
    async fn explain(&self, error: Error, room: RoomType, is_one: fn(&RoomLink) -> bool, most: usize) -> Error {
        if !error.is_forbidden() || error.advice() == RESTORE_FIRST {
            return error;
        }
        // Who may not see the links, and whose key lacks the scope, finds no reason here.
        let there: Vec<RoomLink> = self.list().await.unwrap_or_default().into_iter().filter(is_one).collect();
        if there.len() < most {
            return error;
        }
        let titles: Vec<String> = there.iter().map(|link| format!("`{}`", link.title())).collect();
        error
            .conflict(format!("a {room} room has at most {most} such links, and this one has {}", titles.join(", ")))
            .advise("change one of them, or revoke it first")
    }

    /// Sends a link that shall exist afterwards, and looks whether it is what was asked for.
    async fn put(&self, call: &Call, request: SetRoomLinkRequest) -> Result<RoomLink> {
        let link = self.set(call, request.clone()).await?;
        verify::check(call, &request, link.ok_or_else(|| call.no_response())?)
    }

    fn call(&self, operation: &'static str, what: impl std::fmt::Display) -> Call {
        let (what, room) = (what.to_string(), &self.room.id);
        let subject = if what.is_empty() { format!("in room {room}") } else { format!("{what} of room {room}") };
        Call::new(operation, subject)
    }
}

/// Whether a link is missing from this list. Callers who may not see the links of a room get an
/// empty list, so after a refusal an empty list proves nothing.
fn is_gone(link: LinkId, left: &[RoomLink], error: &Error) -> bool {
    left.iter().all(|other| other.id() != link) && !(left.is_empty() && error.is_forbidden())
}

/// An expiry that a portal takes: ahead of now, by at most ten years. A date that has passed would be dropped without a
/// word, which makes an external link eternal (portal-facts 7.2).
fn expiry(date: Timestamp) -> Result<Timestamp> {
    let now = platform::now();
    if date.to_utc() <= now {
        return Err(Error::invalid(format!("the expiry {date} has passed"))
            .advise("give a date ahead; to end a link now, revoke it"));
    }
    if date.to_utc() > now + chrono::Months::new(120) {
        return Err(Error::invalid(format!("the expiry {date} is more than ten years ahead")));
    }
    Ok(date)
}

/// How often an invitation may be used.
fn use_count(count: u32) -> Result<i32> {
    match i32::try_from(count) {
        Ok(count @ 1..=1000) => Ok(count),
        _ => Err(Error::invalid(format!("an invitation cannot be limited to {count} uses")).advise("use 1 to 1000")),
    }
}

/// The name of a kind of link, for people.
fn name(kind: LinkType) -> &'static str {
    if kind == LinkType::Invitation { "invitation" } else { "external" }
}
