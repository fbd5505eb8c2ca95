//! Changing a link without losing its other options.
//!
//! The portal replaces all options of a link with those that are sent, and revokes the link if the
//! access is missing (docs/portal/links.md#updating-a-link). The link is therefore read first, and
//! all its options are sent back.

use docspace_api::types::{LinkId, RoomLink, SetRoomLinkRequest};
use docspace_api::{Access, Expiry, Secret, Timestamp};

use super::Links;
use super::checks::{expiry, use_count};
use crate::brief::brief_debug;
use crate::error::{Error, Result};
use crate::support::input;
use crate::support::optional::optional_settings;

/// Changes a link. Options that are not set keep their values. Returned by [`Links::update`].
///
/// ```
/// use docspace::{Access, Timestamp};
///
/// # doc_examples::with_room(async |_, room| {
/// # let link = room.links().create(Access::Read).password("s3cret-enough").send().await?.id();
/// let links = room.links();
/// links.update(link).expires(Timestamp::in_days(60)).send().await?; // the password stays
/// links.update(link).access(Access::Comment).remove_password().send().await?; // the expiry stays
/// # Ok(()) });
/// ```
#[derive(Clone)]
#[must_use = "nothing is changed before `send` is called"]
pub struct UpdateLink {
    links: Links,
    link: LinkId,
    access: Option<Access>,
    title: Option<String>,
    // The outer option tells whether to change the value. The inner option is the new value, or
    // none.
    expires: Option<Option<Expiry>>,
    password: Option<Option<Secret>>,
    max_uses: Option<Option<u32>>,
    internal: Option<bool>,
    deny_download: Option<bool>,
}

brief_debug!(UpdateLink, |update| of: update.links.target, link: update.link.0);

optional_settings!(UpdateLink);

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

    /// Sets the access that the link gives.
    pub fn access(mut self, access: Access) -> Self {
        self.access = Some(access);
        self
    }

    /// Sets the title, up to 255 characters.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets when the link expires, at most ten years ahead: a [`Timestamp`](crate::Timestamp), a
    /// text such as `2027-01-31`, or any other [`Expiry`]. A date without a time is the end of that
    /// day in UTC.
    pub fn expires(mut self, expiry: impl Into<Expiry>) -> Self {
        let expiry = expiry.into();
        if !expiry.is_none() {
            self.expires = Some(Some(expiry));
        }
        self
    }

    /// Removes the expiry.
    pub fn remove_expiry(mut self) -> Self {
        self.expires = Some(None);
        self
    }

    /// Sets the password that visitors must enter. The rules of
    /// [`CreateLink::password`](crate::links::CreateLink::password) apply.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.password = Some(Some(password.into()));
        self
    }

    /// Removes the password.
    pub fn remove_password(mut self) -> Self {
        self.password = Some(None);
        self
    }

    /// Restricts the link to people with an account if `on` is `true`, and opens it to everyone if
    /// `on` is `false`.
    pub fn internal(mut self, on: bool) -> Self {
        self.internal = Some(on);
        self
    }

    /// Prevents visitors from downloading, copying and printing if `on` is `true`, and allows all
    /// three if `on` is `false`.
    pub fn deny_download(mut self, on: bool) -> Self {
        self.deny_download = Some(on);
        self
    }

    /// Limits how often an invitation link can be used, 1 to 1000 times. Earlier uses count toward
    /// the limit.
    pub fn max_uses(mut self, count: u32) -> Self {
        self.max_uses = Some(Some(count));
        self
    }

    /// Removes the limit on the uses of an invitation link. The portal resets the number of uses to
    /// 0.
    pub fn remove_max_uses(mut self) -> Self {
        self.max_uses = Some(None);
        self
    }

    /// Changes the link, and returns the changed link.
    ///
    /// - Any change to an invitation link without a limit on its uses resets the number of uses to
    ///   0.
    /// - If another caller revokes the link at the same moment, this call may create it again. The
    ///   result does not show that (docs/portal/links.md#concurrent-calls).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): no option was set, the link cannot have one of the
    ///   options, the password violates the portal's rules, or an invitation was already used more
    ///   often than `max_uses` allows.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the link has expired, and the change does not set
    ///   or remove the expiry. The client does not send the old date back, because the portal would
    ///   then revive the link without an expiry.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room, folder or file does not exist, it has
    ///   no such link, or the caller is not allowed to see its links.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to change links, or
    ///   the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but the link differs
    ///   from the request.
    pub async fn send(self) -> Result<RoomLink> {
        if self.is_empty() {
            return Err(Error::invalid("there is nothing to change").advise("set at least one option of the link"));
        }
        let title = self.title.as_deref().map(input::link_title).transpose()?.map(str::to_owned);
        let expires = match self.expires.clone() {
            Some(Some(date)) => Some(date.timestamp()?.map(expiry).transpose()?),
            Some(None) => Some(None),
            None => None,
        };
        let max_uses = self.max_uses.map(|count| count.map(use_count).transpose()).transpose()?;
        if self.password.as_ref().is_some_and(|p| p.as_ref().is_some_and(|p| p.expose().trim().is_empty())) {
            return Err(Error::invalid("the password of the link is empty")
                .advise("to remove the password, use `remove_password`"));
        }
        let call = self.links.call(self.links.target.calls().update, self.link);
        let now = self.links.get(self.link).await?;
        let request = self.merge(&now, title, expires, max_uses).map_err(|error| error.of(&call))?;
        if self.access.is_some() {
            let checks = self.links.checks(&call).await?;
            checks.access(request.link_type, request.access).map_err(|error| error.of(&call))?;
        }
        let changed = self.links.set_and_check(&call, request).await?;
        changed.ok_or_else(|| self.links.target.no_link(&call, "list the links to see what it did"))
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

    /// Combines the current options of the link with the changes.
    fn merge(
        &self,
        now: &RoomLink,
        title: Option<String>,
        expires: Option<Option<Timestamp>>,
        max_uses: Option<Option<i32>>,
    ) -> Result<SetRoomLinkRequest> {
        let link = &now.shared_link;
        if link.is_expired && expires.is_none() {
            return Err(Error::invalid("the link has expired").advise("set a new expiry, or remove the expiry"));
        }
        if let Some(internal) = self.internal
            && internal != link.internal
            && !now.can_edit_internal
        {
            // The portal would ignore the whole call and answer with status 200.
            return Err(Error::invalid("`internal` of this link cannot be changed").advise("leave `internal` out"));
        }
        if now.is_invitation() && (self.password.is_some() || self.internal.is_some() || self.deny_download.is_some()) {
            return Err(Error::invalid("an invitation link cannot have a password, `internal` or `deny_download`")
                .advise("leave these options out"));
        }
        if !now.is_invitation() && self.max_uses.is_some() {
            return Err(
                Error::invalid("only an invitation link can have a limit on its uses").advise("leave the limit out")
            );
        }
        if link.primary && !now.can_edit_expiration_date && expires.is_some_and(|date| date.is_some()) {
            let noun = self.links.target.noun();
            return Err(Error::invalid(format!("the primary link of this {noun} cannot expire"))
                .advise(format!("create an additional link if the {noun} can have one")));
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
