//! Creating the invitation link of a room.

use docspace_api::types::{LinkId, RoomLink, SetRoomLinkRequest};
use docspace_api::{Access, Expiry, LinkType};

use super::Links;
use super::checks::{not_none, use_count};
use super::create::{check, fresh_id};
use super::target::Target;
use crate::brief::brief_debug;
use crate::error::{Error, Result};
use crate::support::optional::optional_settings;

/// Creates an invitation link, which makes each person who follows it a member of the room.
/// Returned by [`Links::invite`].
///
/// By default, the link never expires and can be used any number of times.
///
/// ```
/// use docspace::{Access, Timestamp};
///
/// # doc_examples::with_room(async |_, room| {
/// let links = room.links();
/// let invitation = links.invite(Access::Review).max_uses(20).expires(Timestamp::in_days(7));
/// let link = invitation.send().await?;
/// println!("join the room: {} ({:?} of 20 uses)", link.url(), link.uses());
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `send` is called"]
pub struct CreateInvitation {
    links: Links,
    request: SetRoomLinkRequest,
    expires: Expiry,
    uses: Option<u32>,
}

brief_debug!(CreateInvitation, |create| of: create.links.target);

optional_settings!(CreateInvitation);

impl CreateInvitation {
    pub(super) fn new(links: Links, access: Access) -> Self {
        Self {
            links,
            request: SetRoomLinkRequest::new(fresh_id(), LinkType::Invitation, access),
            expires: Expiry::default(),
            uses: None,
        }
    }

    /// Sets the id, which is unique in the room. By default, it is random. If the room has a link
    /// with this id, the link gets all settings of this call, but keeps its type.
    pub fn id(mut self, id: LinkId) -> Self {
        self.request.link_id = Some(id);
        self
    }

    /// Sets the title, up to 255 characters. By default, it is `Invitation link`.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.request.title = Some(title.into());
        self
    }

    /// Sets when the link expires, at most ten years ahead: a [`Timestamp`](crate::Timestamp), a
    /// text such as `2027-01-31`, or any other [`Expiry`]. A date without a time is the end of that
    /// day in UTC. By default, the link never expires.
    pub fn expires(mut self, expiry: impl Into<Expiry>) -> Self {
        self.expires = expiry.into();
        self
    }

    /// Limits how often the link can be used, 1 to 1000 times. By default, there is no limit.
    pub fn max_uses(mut self, count: u32) -> Self {
        self.uses = Some(count);
        self
    }

    /// Creates the link.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: these are the links of a
    ///   folder or file, the title is blank or longer than 255 characters, the expiry has passed or
    ///   is more than ten years ahead, the number of uses is not between 1 and 1000, or the
    ///   invitation link of a room of this type cannot give this access; see
    ///   [`LinkRules`](crate::links::LinkRules).
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Conflict`](crate::ErrorKind::Conflict): the room already has an invitation link.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to create links, or
    ///   the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the link exists, but differs from the request. The
    ///   error names the link. Check it, and revoke it if it gives too much access.
    pub async fn send(mut self) -> Result<RoomLink> {
        let links = self.links;
        let call = links.call(links.target.calls().invite, "");
        if !matches!(links.target, Target::Room(_)) {
            let what = format!("a {} cannot have an invitation link", links.target.noun());
            return Err(Error::invalid(what).of(&call).advise("create an external link, or invite people to the room"));
        }
        check(&mut self.request, self.expires)?;
        self.request.max_use_count = self.uses.map(use_count).transpose()?;
        not_none(self.request.access).map_err(|error| error.of(&call))?;
        let checks = links.checks(&call).await?;
        checks.access(LinkType::Invitation, self.request.access).map_err(|error| error.of(&call))?;
        match links.set_and_check(&call, self.request).await {
            Ok(link) => link.ok_or_else(|| call.no_response()),
            Err(error) => Err(links.explain(error, &checks.kind(), RoomLink::is_invitation, 1).await),
        }
    }
}
