//! The people and groups that can use a template.

use docspace_api::types::Member;
use docspace_api::{Access, RoomType};

use super::TemplateHandle;
use crate::error::{Error, Result};
use crate::rooms::RoomRef;
use crate::rooms::members::{Invitee, Members};

impl TemplateHandle {
    /// Shares the template with people and people groups, and checks that they have access. People
    /// must be able to create rooms, so users and guests cannot get access.
    ///
    /// ```
    /// # doc_examples::with_people(async |portal, room, ann, _| {
    /// let created = room.save_as_template("Audit").start().await?.wait().await?;
    /// let template = portal.template(&created);
    /// template.share_with([ann]).await?;
    /// for user in template.users().await? {
    ///     println!("{}", user.name().unwrap_or_default());
    /// }
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist, or an address or id
    ///   belongs to no person or group.
    /// - [`Invalid`](crate::ErrorKind::Invalid): no person or group is given, an address is not an
    ///   e-mail address, or the id is that of a room or a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller does not own the template, or is
    ///   not allowed to look up people by address. A person is a user or guest: people before that
    ///   one in the list then have access.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but some people do
    ///   not have access.
    pub async fn share_with(&self, who: impl IntoIterator<Item = impl Into<Invitee>>) -> Result<()> {
        self.give(who, Access::Read).await
    }

    /// Stops sharing the template with people and people groups, and checks that they have no
    /// access. Rooms that they created from it stay.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist, or an address
    ///   belongs to no person with access.
    /// - [`Invalid`](crate::ErrorKind::Invalid): no person or group is given, an address is not an
    ///   e-mail address, or the id is that of a room or a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller does not own the template.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal reported success, but some people still
    ///   have access.
    pub async fn unshare(&self, who: impl IntoIterator<Item = impl Into<Invitee>>) -> Result<()> {
        self.give(who, Access::None).await
    }

    /// Lists who can use the template: its owner first, then the people and groups with whom it is
    /// shared. If the template is public, the list contains the group of all people.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the template does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a room or a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the
    ///   template.
    pub async fn users(&self) -> Result<Vec<Member>> {
        self.get().await?;
        self.as_members().list().await
    }

    async fn give(&self, who: impl IntoIterator<Item = impl Into<Invitee>>, access: Access) -> Result<()> {
        let mut changes = self.as_members().set();
        let mut is_empty = true;
        for who in who {
            changes = changes.give(who, access);
            is_empty = false;
        }
        if is_empty {
            return Err(Error::invalid("no person or people group is given").advise("give at least one"));
        }
        self.get().await?;
        changes.send().await.map(drop).map_err(|error| match access {
            // A portal does not invite people to a template.
            Access::Read if error.is_not_found() => {
                error.advise("check the addresses and ids; the people need an account")
            }
            _ => error,
        })
    }

    /// A template has members as a room does, but they can only have `Read`, whatever the type of
    /// the room. The unknown type skips the check of the roles.
    fn as_members(&self) -> Members {
        let any_type = RoomType::Unknown(0);
        Members::new(self.portal().clone(), RoomRef { id: self.id().clone(), room_type: Some(any_type) })
    }
}
