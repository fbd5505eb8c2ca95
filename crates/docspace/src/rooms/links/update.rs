//! Changing a link without losing the rest of it.
//!
//! A portal replaces all options of a link by what is sent, and revokes it when the access is missing (portal-facts
//! 7.2). So the link is read first and everything is sent back.

use docspace_api::types::{LinkId, RoomLink, SetRoomLinkRequest};
use docspace_api::{Access, Secret, Timestamp};

use super::{Links, expiry, rules, use_count};
use crate::error::{Error, Result};
use crate::support::input;

/// A change of a link; what is not mentioned stays. Made by [`Links::update`].
///
/// ```
/// use docspace::Timestamp;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().clock(docspace_mock::Clock::real()).start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// # let link = portal.room(&room).links().create(docspace::Access::Read).password("s3cret-enough");
/// # let link = link.expires(Timestamp::in_days(30)).send().await?;
/// let renewed = portal.room(&room).links().update(link.id()).expires(Timestamp::in_days(60)).send().await?;
/// assert!(renewed.expires() > link.expires());
/// assert!(renewed.password().is_some(), "what is not mentioned stays");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is changed before `send` is called"]
pub struct UpdateLink {
    links: Links,
    link: LinkId,
    access: Option<Access>,
    title: Option<String>,
    // In these three the outer option says whether to change, the inner one whether there shall be any.
    expires: Option<Option<Timestamp>>,
    password: Option<Option<Secret>>,
    max_uses: Option<Option<u32>>,
    internal: Option<bool>,
    deny_download: Option<bool>,
}

impl UpdateLink {
    pub(super) fn new(links: Links, link: LinkId) -> Self {
        Self {
            links,
            link,
            access: None,
            title: None,
            expires: None,
            password: None,
            max_uses: None,
            internal: None,
            deny_download: None,
        }
    }

    /// Gives another access.
    pub fn access(mut self, access: Access) -> Self {
        self.access = Some(access);
        self
    }

    /// Gives it another title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Lets it expire at this time, at most ten years ahead.
    pub fn expires(mut self, date: Timestamp) -> Self {
        self.expires = Some(Some(date));
        self
    }

    /// Takes its expiry away.
    pub fn never_expires(mut self) -> Self {
        self.expires = Some(None);
        self
    }

    /// Protects it with this password.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.password = Some(Some(password.into()));
        self
    }

    /// Takes its password away.
    pub fn no_password(mut self) -> Self {
        self.password = Some(None);
        self
    }

    /// Lets only people with an account use it, or others too.
    pub fn internal(mut self, on: bool) -> Self {
        self.internal = Some(on);
        self
    }

    /// Keeps visitors from downloading, copying and printing, or lets them.
    pub fn deny_download(mut self, on: bool) -> Self {
        self.deny_download = Some(on);
        self
    }

    /// Lets an invitation be used this often, 1 to 1000.
    pub fn max_uses(mut self, count: u32) -> Self {
        self.max_uses = Some(Some(count));
        self
    }

    /// Lets an invitation be used without a limit. The portal counts its uses anew.
    pub fn unlimited_uses(mut self) -> Self {
        self.max_uses = Some(None);
        self
    }

    /// Changes the link and returns it as it is then. An invitation without a limit of uses has its uses counted anew by any
    /// change, since a portal does so where no limit is sent. A link that somebody revokes at the same moment is made again by
    /// this, and nothing in the answer tells (portal-facts 7.2).
    ///
    /// # Errors
    ///
    /// `NotFound` when the room has no such link. `Invalid` when nothing is to be changed, for what the link cannot
    /// have, and for a link that has expired unless the change says when it shall expire: sending the old date back
    /// would make it eternal. `NotDone` when the portal answered as if it were done and did not do it.
    pub async fn send(self) -> Result<RoomLink> {
        if self.is_empty() {
            return Err(Error::invalid("there is nothing to change").advise("say what to change"));
        }
        let title = self.title.as_deref().map(input::link_title).transpose()?.map(str::to_owned);
        let expires = self.expires.map(|date| date.map(expiry).transpose()).transpose()?;
        let max_uses = self.max_uses.map(|count| count.map(use_count).transpose()).transpose()?;
        if self.password.as_ref().is_some_and(|p| p.as_ref().is_some_and(|p| p.expose().trim().is_empty())) {
            return Err(Error::invalid("the password of the link is empty").advise("to take it away, say so"));
        }
        let call = self.links.call("update_room_link", self.link);
        let now = self.links.get(self.link).await?;
        let request = self.merge(&now, title, expires, max_uses).map_err(|error| error.of(&call))?;
        if self.access.is_some() {
            let room = self.links.room.room_type(&self.links.portal).await?;
            rules::check(room, request.link_type, request.access).map_err(|error| error.of(&call))?;
        }
        self.links.put(&call, request).await
    }

    fn is_empty(&self) -> bool {
        self.access.is_none()
            && self.title.is_none()
            && self.expires.is_none()
            && self.password.is_none()
            && self.max_uses.is_none()
            && self.internal.is_none()
            && self.deny_download.is_none()
    }

    /// The link as it is, with the changes.
    fn merge(
        &self,
        now: &RoomLink,
        title: Option<String>,
        expires: Option<Option<Timestamp>>,
        max_uses: Option<Option<i32>>,
    ) -> Result<SetRoomLinkRequest> {
        let link = &now.shared_link;
        if link.is_expired && expires.is_none() {
            return Err(
                Error::invalid("the link has expired").advise("say when it shall expire, or that it never shall")
            );
        }
        if let Some(internal) = self.internal
            && internal != link.internal
            && !now.can_edit_internal
        {
            // The portal would skip the whole call and answer 200.
            return Err(Error::invalid("who may use this link cannot be changed").advise("leave `internal` out"));
        }
        if now.is_invitation() && (self.password.is_some() || self.internal.is_some() || self.deny_download.is_some()) {
            return Err(Error::invalid("an invitation link has no password, no `internal` and no `deny_download`"));
        }
        if !now.is_invitation() && self.max_uses.is_some() {
            return Err(Error::invalid("only an invitation link can be limited to a number of uses"));
        }
        if link.primary && !now.can_edit_expiration_date && expires.is_some_and(|date| date.is_some()) {
            return Err(Error::invalid("the primary link of this room cannot expire").advise("make another link"));
        }
        let mut request = SetRoomLinkRequest::new(self.link, link.link_type, self.access.unwrap_or(now.access));
        request.title = Some(title.unwrap_or_else(|| link.title.clone()));
        request.expiration_date = expires.unwrap_or(link.expiration_date);
        request.password = self.password.clone().unwrap_or_else(|| link.password.clone());
        request.max_use_count = max_uses.unwrap_or(link.max_use_count);
        request.internal = Some(self.internal.unwrap_or(link.internal));
        request.deny_download = Some(self.deny_download.unwrap_or(link.deny_download));
        Ok(request)
    }
}
