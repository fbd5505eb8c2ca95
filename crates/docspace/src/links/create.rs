//! Creating external links.
//!
//! The client chooses the id of a new link. A call that is repeated after a broken connection then
//! cannot create a second link.

use docspace_api::types::{LinkId, RoomLink, SetRoomLinkRequest};
use docspace_api::{Access, Expiry, LinkType, Secret};
use uuid::Uuid;

use super::Links;
use super::checks::{expiry, not_none};
use crate::brief::brief_debug;
use crate::error::{Error, Result};
use crate::support::input;
use crate::support::optional::optional_settings;

/// Creates an external link, which opens the room, folder or file to everyone who has its address.
/// Returned by [`Links::create`].
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

brief_debug!(CreateLink, |create| of: create.links.target);

optional_settings!(CreateLink);

impl CreateLink {
    pub(super) fn new(links: Links, access: Access) -> Self {
        Self {
            links,
            request: SetRoomLinkRequest::new(fresh_id(), LinkType::External, access),
            expires: Expiry::default(),
        }
    }

    /// Sets the id, which is unique in the room, folder or file. By default, it is random. If there
    /// is a link with this id, the link gets all settings of this call, but keeps its type.
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
    /// it. There are no such links in a public room. The links of folders and files in a
    /// VirtualData room are always restricted.
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
    /// A folder or file is read first, because it depends on its room and its format which links it
    /// can have. So is a room whose type is not known.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank or
    ///   longer than 255 characters, the expiry has passed or is more than ten years ahead, the
    ///   password is blank, or the access is `None`.
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is created: the room, folder or
    ///   file cannot have such a link; see [`LinkRules`](crate::links::LinkRules). The error names
    ///   the possible accesses.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the folder is a room. Use
    ///   [`RoomHandle::links`](crate::RoomHandle::links).
    /// - [`Invalid`](crate::ErrorKind::Invalid): the password violates the portal's rules.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room, folder or file does not exist.
    /// - [`Conflict`](crate::ErrorKind::Conflict): there is already the maximum number of
    ///   additional links. The error lists them.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to create links, or
    ///   the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the link exists, but differs from the request, for
    ///   example because it has no expiry. The error names the link. Check it, and revoke it if it
    ///   gives too much access.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but created no link,
    ///   because a link of this file cannot give the access.
    pub async fn send(mut self) -> Result<RoomLink> {
        let links = self.links;
        let call = links.call(links.target.calls().create, "");
        check(&mut self.request, self.expires)?;
        if self.request.password.as_ref().is_some_and(|password| password.expose().trim().is_empty()) {
            return Err(Error::invalid("the password of the link is empty")
                .advise("leave the password out to create a link without one"));
        }
        not_none(self.request.access).map_err(|error| error.of(&call))?;
        let checks = links.checks(&call).await?;
        checks.additional(self.request.access).map_err(|error| error.of(&call))?;
        checks.internal(self.request.internal).map_err(|error| error.of(&call))?;
        let error = match links.set_and_check(&call, self.request).await {
            Ok(Some(link)) => return Ok(link),
            Ok(None) => return Err(links.target.no_link(&call, &checks.alternatives())),
            Err(error) => error,
        };
        let Some(max) = checks.max_additional() else { return Err(error) };
        let is_additional = |link: &RoomLink| !link.is_primary() && !link.is_invitation();
        Err(links.explain(error, &checks.kind(), is_additional, max).await)
    }
}

/// Trims and checks the title, and checks the expiry.
pub(super) fn check(request: &mut SetRoomLinkRequest, expires: Expiry) -> Result<()> {
    if let Some(title) = &request.title {
        request.title = Some(input::link_title(title)?.to_owned());
    }
    request.expiration_date = expires.timestamp()?.map(expiry).transpose()?;
    Ok(())
}

/// A random id.
pub(super) fn fresh_id() -> LinkId {
    LinkId(Uuid::new_v4())
}
