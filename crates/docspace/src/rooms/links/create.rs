//! Creating links.
//!
//! The client chooses the id of a new link. A call that is repeated after a broken connection then
//! cannot create a second link.

use docspace_api::types::{LinkId, RoomLink, SetRoomLinkRequest};
use docspace_api::{Access, Expiry, LinkType, RoomType, Secret};
use uuid::Uuid;

use super::{LinkRules, Links, expiry, rules, use_count};
use crate::brief::brief_debug;
use crate::error::{Error, Result};
use crate::support::input;
use crate::support::optional::optional_settings;

/// Creates an external link, which opens the room to everyone who has its address. Returned by
/// [`Links::create`].
///
/// By default, the link never expires, has no password, allows downloads, and works without an
/// account.
///
/// ```
/// use docspace::{Access, Timestamp};
///
/// # doc_examples::with_room(async |_, room| {
/// let link = room
///     .links()
///     .create(Access::Comment)
///     .expires(Timestamp::in_days(30))
///     .password("s3cret-enough")
///     .send()
///     .await?;
/// println!("{} is valid until {:?}", link.url(), link.expires());
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `send` is called"]
pub struct CreateLink {
    links: Links,
    request: SetRoomLinkRequest,
    expires: Expiry,
}

brief_debug!(CreateLink, |create| room: create.links.room.id);

optional_settings!(CreateLink);

impl CreateLink {
    pub(super) fn new(links: Links, access: Access) -> Self {
        Self {
            links,
            request: SetRoomLinkRequest::new(fresh_id(), LinkType::External, access),
            expires: Expiry::default(),
        }
    }

    /// Sets the id, which is unique in the room. By default, it is random. If the room has a link
    /// with this id, the link gets all settings of this call, but keeps its type.
    pub fn id(mut self, id: LinkId) -> Self {
        self.request.link_id = Some(id);
        self
    }

    /// Sets the title, up to 255 characters. By default, the portal chooses one, such as `Shared
    /// link`.
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

    /// Sets a password that visitors must enter. By default, there is none.
    ///
    /// The portal requires 8 to 30 printable ASCII characters without spaces, unless its
    /// administrator configured another rule.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.request.password = Some(password.into());
        self
    }

    /// Restricts the link to people with an account if `on` is `true`. By default, everyone can use
    /// it. A public room has no internal links.
    pub fn internal(mut self, on: bool) -> Self {
        self.request.internal = Some(on);
        self
    }

    /// Prevents visitors from downloading, copying and printing if `on` is `true`. By default, all
    /// three are allowed.
    pub fn deny_download(mut self, on: bool) -> Self {
        self.request.deny_download = Some(on);
        self
    }

    /// Creates the link.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank or
    ///   longer than 255 characters, the expiry has passed or is more than ten years ahead, the
    ///   password is blank, or a room of this type cannot have such a link; see [`LinkRules`].
    /// - [`Invalid`](crate::ErrorKind::Invalid): the password violates the portal's rules.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Conflict`](crate::ErrorKind::Conflict): the room already has the maximum number of
    ///   additional links. The error lists them.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to create links, or
    ///   the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the link exists, but differs from the request, for
    ///   example because it has no expiry. The error names the link. Check it, and revoke it if it
    ///   gives too much access.
    pub async fn send(mut self) -> Result<RoomLink> {
        let call = self.links.call("create_room_link", "");
        check(&mut self.request, self.expires)?;
        if self.request.password.as_ref().is_some_and(|password| password.expose().trim().is_empty()) {
            return Err(Error::invalid("the password of the link is empty")
                .advise("leave the password out to create a link without one"));
        }
        let room = self.links.room.room_type(&self.links.portal).await?;
        rules::additional(room, self.request.access).map_err(|error| error.of(&call))?;
        if room == RoomType::Public && self.request.internal == Some(true) {
            // The portal would create a link that everyone can use.
            let what = "the links of a public room cannot be restricted to people with an account";
            return Err(Error::invalid(what).of(&call).advise("use a custom room, or an invitation link"));
        }
        match (self.links.set_and_check(&call, self.request).await, LinkRules::of(room)) {
            (Err(error), Some(rules)) => {
                let is_additional = |link: &RoomLink| !link.is_primary() && !link.is_invitation();
                Err(self.links.explain(error, room, is_additional, rules.max_additional()).await)
            }
            (outcome, _) => outcome,
        }
    }
}

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

brief_debug!(CreateInvitation, |create| room: create.links.room.id);

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
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank or
    ///   longer than 255 characters, the expiry has passed or is more than ten years ahead, the
    ///   number of uses is not between 1 and 1000, or the invitation link of a room of this type
    ///   cannot give this access; see [`LinkRules`].
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Conflict`](crate::ErrorKind::Conflict): the room already has an invitation link.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to create links, or
    ///   the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the link exists, but differs from the request. The
    ///   error names the link. Check it, and revoke it if it gives too much access.
    pub async fn send(mut self) -> Result<RoomLink> {
        let call = self.links.call("create_room_invitation", "");
        check(&mut self.request, self.expires)?;
        self.request.max_use_count = self.uses.map(use_count).transpose()?;
        let room = self.links.room.room_type(&self.links.portal).await?;
        rules::check(room, LinkType::Invitation, self.request.access).map_err(|error| error.of(&call))?;
        match self.links.set_and_check(&call, self.request).await {
            Err(error) => Err(self.links.explain(error, room, RoomLink::is_invitation, 1).await),
            outcome => outcome,
        }
    }
}

/// Trims and checks the title, and checks the expiry.
fn check(request: &mut SetRoomLinkRequest, expires: Expiry) -> Result<()> {
    if let Some(title) = &request.title {
        request.title = Some(input::link_title(title)?.to_owned());
    }
    request.expiration_date = expires.timestamp()?.map(expiry).transpose()?;
    Ok(())
}

fn fresh_id() -> LinkId {
    LinkId(Uuid::new_v4())
}
