//! Links: share a room, a folder or a file with people who have no account, or invite people to
//! join a room.
//!
//! Start with [`RoomHandle::links`], [`FolderHandle::links`] or [`FileHandle::links`]. To open a
//! link as a visitor who has nothing else, use [`Portal::visitor`].

mod checks;
mod create;
mod invite;
mod key;
mod rules;
mod target;
mod update;
mod verify;
mod visitor;

pub use create::CreateLink;
use docspace_api::Access;
use docspace_api::types::SetRoomLinkRequest;
pub use docspace_api::types::{LinkDetails, LinkId, LinkKey, RoomLink};
pub use docspace_api::{LinkKeyStatus, LinkType};
pub use invite::CreateInvitation;
pub use rules::LinkRules;
pub use update::UpdateLink;
pub use visitor::Visitor;

use self::checks::LinkChecks;
use self::target::Target;
use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::folders::{FileHandle, FolderHandle};
use crate::portal::Portal;
use crate::rooms::{RESTORE_FIRST, RoomHandle};

impl RoomHandle {
    /// Returns the links of the room, to list, create, change and revoke them. Sends nothing.
    pub fn links(&self) -> Links {
        Links { portal: self.portal().clone(), target: Target::Room(self.room().clone()) }
    }
}

impl FolderHandle {
    /// Returns the links of the folder, to list, create, change and revoke them. Sends nothing.
    ///
    /// ```
    /// use docspace::{Access, Timestamp};
    ///
    /// # doc_examples::with_room(async |portal, room| {
    /// let folder = room.folders().create("For the client").await?;
    /// let links = portal.folder(&folder).links();
    /// let link = links.create(Access::Read).expires(Timestamp::in_days(14)).send().await?;
    /// println!("opens this folder and nothing else: {}", link.url());
    /// # Ok(())
    /// # });
    /// ```
    pub fn links(&self) -> Links {
        Links { portal: self.portal().clone(), target: Target::Folder(self.id().clone()) }
    }
}

impl FileHandle {
    /// Returns the links of the file, to list, create, change and revoke them. Sends nothing.
    pub fn links(&self) -> Links {
        Links { portal: self.portal().clone(), target: Target::File(self.id().clone()) }
    }
}

/// The links of one room, folder or file. Returned by
/// [`RoomHandle::links`](crate::RoomHandle::links), [`FolderHandle::links`] and
/// [`FileHandle::links`].
///
/// - An **external link** opens the room, folder or file to everyone who has its address. A custom
///   or public room has one primary external link and up to five additional ones. Other types of
///   room have fewer links or none; see [`LinkRules`].
/// - An **invitation link** makes each person who follows it a member of a room. A room has at most
///   one. Folders and files have none.
///
/// A link of a folder or file is not in the list of the room's links, and opens nothing else in the
/// room. Folders and files in Editing and VirtualData rooms can have links, although the rooms
/// cannot have external ones. The links of a folder whose id is that of a room are those of the
/// room. There, `create` and `primary` fail, because their links would open the whole room.
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
    target: Target,
}

brief_debug!(Links, |links| of: links.target);

impl Links {
    /// Creates an additional external link that gives this access. Add more settings if needed,
    /// then call [`send`](CreateLink::send).
    pub fn create(&self, access: Access) -> CreateLink {
        CreateLink::new(self.clone(), access)
    }

    /// Creates the invitation link of a room. Each person who follows it becomes a member with this
    /// access. Add more settings if needed, then call [`send`](CreateInvitation::send).
    pub fn invite(&self, access: Access) -> CreateInvitation {
        CreateInvitation::new(self.clone(), access)
    }

    /// Lists all links. Only the owner of the room and room managers can see links. For any other
    /// caller, the list is empty, without an error.
    ///
    /// The links of a room come in the order of their access, the strongest first. Those of a
    /// folder or file begin with the primary link. In an archived room, the list of a folder or
    /// file is empty.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room, folder or file does not exist.
    pub async fn list(&self) -> Result<Vec<RoomLink>> {
        self.target.list(&self.portal, self.call(self.target.calls().list, "")).await
    }

    /// Reads one link, given by its id or as it was read before.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room, folder or file does not exist, it has
    ///   no such link, or the caller is not allowed to see its links.
    pub async fn get(&self, link: impl Into<LinkId>) -> Result<RoomLink> {
        let link = link.into();
        self.list().await?.into_iter().find(|candidate| candidate.id() == link).ok_or_else(|| self.missing(link))
    }

    fn missing(&self, link: LinkId) -> Error {
        let noun = self.target.noun();
        let reason = format!("the {noun} has no such link, or you are not allowed to see its links");
        Error::new(ErrorKind::NotFound, reason)
            .of(&self.call(self.target.calls().get, link))
            .advise(format!("list the {noun}'s links"))
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
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room, folder or file does not exist, it has
    ///   no such link, or the caller is not allowed to see its links.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to revoke the link,
    ///   or the room is archived.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the link still exists although the portal reported
    ///   success. Revoke it again.
    pub async fn revoke(&self, link: impl Into<LinkId>) -> Result<Option<RoomLink>> {
        let link = link.into();
        let before = self.list().await?;
        let found = before.iter().find(|other| other.id() == link).ok_or_else(|| self.missing(link))?;
        let request = SetRoomLinkRequest::new(link, found.shared_link.link_type, Access::None);
        let call = self.call(self.target.calls().revoke, link);
        let left = match self.target.set(&self.portal, &call, request).await {
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
        // The answer to the call itself contains the new link without its key. A folder can have
        // several primary links, so a replacement is one that was not there before.
        let replaced = found.is_primary() && found.can_revoke;
        let is_new = |other: &RoomLink| before.iter().all(|known| known.id() != other.id());
        Ok(left.into_iter().find(|other| replaced && other.is_primary() && is_new(other)))
    }

    /// Returns the primary external link.
    ///
    /// **If a custom room, a folder or a file has no primary link, this call creates it**, and
    /// everyone who has the link can then read it. Public and form-filling rooms always have a
    /// primary link. Calls that run at the same time return the same link.
    ///
    /// A program that uses the generated client can create several primary links of a folder or
    /// file. This call returns the first of them.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a room of this type cannot have a primary link, or
    ///   the folder is in a form-filling room.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the folder is a room.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room, folder or file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the room, or
    ///   to create the link if there is none. Only the owner of the room and room managers can read
    ///   the primary link of a folder or file.
    pub async fn primary(&self) -> Result<RoomLink> {
        let call = self.call(self.target.calls().primary, "");
        self.checks(&call).await?.primary().map_err(|error| error.of(&call))?;
        let error = match self.target.primary(&self.portal, &call).await {
            Err(error) if error.is_forbidden() => error,
            outcome => return outcome,
        };
        // The portal also refuses to create the link if another call has just created it
        // (docs/portal/links.md#the-primary-link).
        let existing = self.list().await.ok().and_then(|links| links.into_iter().find(RoomLink::is_primary));
        existing.ok_or(error)
    }

    /// Finds out which links are possible.
    async fn checks(&self, call: &Call) -> Result<LinkChecks> {
        self.target.checks(&self.portal).await.map_err(|error| match error.kind() {
            // An error without a request, such as that for the id of a room.
            ErrorKind::Invalid if error.call().is_none() => error.of(call),
            _ => error,
        })
    }

    /// Explains why one more link was refused. If there is the maximum number of links, the error
    /// says so. The portal's own message depends on the language of the caller.
    async fn explain(&self, error: Error, owner: &str, is_counted: fn(&RoomLink) -> bool, max: usize) -> Error {
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
            .conflict(format!("{owner} has at most {max} such links, and this one has {}", titles.join(", ")))
            .advise("change one of them, or revoke it first")
    }

    /// Creates or changes a link, and checks that the result is what was requested. Returns `None`
    /// if the portal reports success without a link.
    async fn set_and_check(&self, call: &Call, request: SetRoomLinkRequest) -> Result<Option<RoomLink>> {
        let link = self.target.set(&self.portal, call, request.clone()).await?;
        link.map(|link| verify::check(call, &request, link)).transpose()
    }

    fn call(&self, operation: &'static str, what: impl std::fmt::Display) -> Call {
        let (what, target) = (what.to_string(), &self.target);
        let subject = match target {
            Target::Room(_) if what.is_empty() => format!("in {target}"),
            _ if what.is_empty() => format!("to {target}"),
            _ => format!("{what} of {target}"),
        };
        Call::new(operation, subject)
    }
}

/// Whether a link is missing from this list. The list is empty for callers who are not allowed to
/// see the links, so an empty list proves nothing after a refusal.
fn is_gone(link: LinkId, left: &[RoomLink], error: &Error) -> bool {
    left.iter().all(|other| other.id() != link) && !(left.is_empty() && error.is_forbidden())
}
