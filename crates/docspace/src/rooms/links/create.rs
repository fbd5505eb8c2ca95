//! Making links.
//!
//! The client chooses the id of a new link, so that a call that is repeated after a broken connection cannot make two.

use docspace_api::types::{LinkId, RoomLink, SetRoomLinkRequest};
use docspace_api::{Access, LinkType, RoomType, Secret, Timestamp};
use uuid::Uuid;

use super::{LinkRules, Links, expiry, rules, use_count};
use crate::error::{Error, Result};
use crate::support::input;

/// An external link to be made. Made by [`Links::create`].
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
/// let link = links.create(Access::Comment).expires(Timestamp::in_days(30)).password("s3cret-enough").send().await?;
/// println!("send this to the client, and the password by another way: {}", link.url());
/// assert!(link.expires().is_some() && link.password().is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreateLink {
    links: Links,
    request: SetRoomLinkRequest,
}

impl CreateLink {
    pub(super) fn new(links: Links, access: Access) -> Self {
        Self { links, request: SetRoomLinkRequest::new(fresh_id(), LinkType::External, access) }
    }

    /// Gives it a title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.request.title = Some(title.into());
        self
    }

    /// Lets it expire at this time, at most ten years ahead.
    pub fn expires(mut self, date: Timestamp) -> Self {
        self.request.expiration_date = Some(date);
        self
    }

    /// Protects it with a password. Portals ask for 8 to 30 printable characters without spaces unless set otherwise.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.request.password = Some(password.into());
        self
    }

    /// Lets only people with an account use it. Links of public rooms are for everybody.
    pub fn internal(mut self, on: bool) -> Self {
        self.request.internal = Some(on);
        self
    }

    /// Keeps visitors from downloading, copying and printing.
    pub fn deny_download(mut self, on: bool) -> Self {
        self.request.deny_download = Some(on);
        self
    }

    /// Makes the link.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank title, an expiry that has passed or lies too far ahead, and for what the room's type cannot
    /// have; `Conflict` when the room has as many as it can have; `Forbidden` when one may not. `NotDone` when the portal
    /// made another link than was asked for, such as one without its expiry.
    pub async fn send(mut self) -> Result<RoomLink> {
        let call = self.links.call("create_room_link", "");
        check(&mut self.request)?;
        if self.request.password.as_ref().is_some_and(|password| password.expose().trim().is_empty()) {
            return Err(Error::invalid("the password of the link is empty").advise("leave it out"));
        }
        let room = self.links.room.room_type(&self.links.portal).await?;
        rules::additional(room, self.request.access).map_err(|error| error.of(&call))?;
        if room == RoomType::Public && self.request.internal == Some(true) {
            // The portal would make it, for everybody.
            let what = "the links of a public room are for everybody";
            return Err(Error::invalid(what).of(&call).advise("use a custom room, or an invitation"));
        }
        match (self.links.put(&call, self.request).await, LinkRules::of(room)) {
            (Err(error), Some(rules)) => {
                let is_one = |link: &RoomLink| !link.is_primary() && !link.is_invitation();
                Err(self.links.explain(error, room, is_one, rules.max_additional()).await)
            }
            (outcome, _) => outcome,
        }
    }
}

/// An invitation link to be made. Made by [`Links::invite`].
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
/// let link = links.invite(Access::Review).max_uses(20).expires(Timestamp::in_days(7)).send().await?;
/// println!("whoever follows {} becomes a member", link.url());
/// assert_eq!((link.uses(), link.max_uses()), (Some(0), Some(20)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreateInvitation {
    links: Links,
    request: SetRoomLinkRequest,
    uses: Option<u32>,
}

impl CreateInvitation {
    pub(super) fn new(links: Links, access: Access) -> Self {
        Self { links, request: SetRoomLinkRequest::new(fresh_id(), LinkType::Invitation, access), uses: None }
    }

    /// Gives it a title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.request.title = Some(title.into());
        self
    }

    /// Lets it expire at this time, at most ten years ahead.
    pub fn expires(mut self, date: Timestamp) -> Self {
        self.request.expiration_date = Some(date);
        self
    }

    /// Lets it be used this often, 1 to 1000.
    pub fn max_uses(mut self, count: u32) -> Self {
        self.uses = Some(count);
        self
    }

    /// Makes the link.
    ///
    /// # Errors
    ///
    /// As for [`CreateLink::send`]; `Conflict` when the room has an invitation link already.
    pub async fn send(mut self) -> Result<RoomLink> {
        let call = self.links.call("create_room_invitation", "");
        check(&mut self.request)?;
        self.request.max_use_count = self.uses.map(use_count).transpose()?;
        let room = self.links.room.room_type(&self.links.portal).await?;
        rules::check(room, LinkType::Invitation, self.request.access).map_err(|error| error.of(&call))?;
        match self.links.put(&call, self.request).await {
            Err(error) => Err(self.links.explain(error, room, RoomLink::is_invitation, 1).await),
            outcome => outcome,
        }
    }
}

/// What both kinds of link can have: a title, which is trimmed, and an expiry.
fn check(request: &mut SetRoomLinkRequest) -> Result<()> {
    if let Some(title) = &request.title {
        request.title = Some(input::link_title(title)?.to_owned());
    }
    request.expiration_date = request.expiration_date.map(expiry).transpose()?;
    Ok(())
}

fn fresh_id() -> LinkId {
    LinkId(Uuid::new_v4())
}
