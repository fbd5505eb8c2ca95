//! Who may use a template.

use docspace_api::types::Member;
use docspace_api::{Access, RoomType};

use super::TemplateHandle;
use crate::error::{Error, Result};
use crate::rooms::RoomRef;
use crate::rooms::members::{Invitee, Members};

impl TemplateHandle {
    /// Who may use the template: its owner first, then those whom it is shared with. The group of everybody is among them
    /// when it is public.
    ///
    /// ```
    /// # use docspace_mock::{MockPortal, Role};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let ann = mock.email("ann");
    /// # let room = portal.rooms().create("Course", docspace::RoomType::Custom).send().await?;
    /// # let course = portal.room(&room).save_as_template("Course").start().await?.wait().await?;
    /// let template = portal.template(&course);
    /// template.share_with([ann]).await?;
    /// for user in template.users().await? {
    ///     println!("{}", user.name().unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`get`](Self::get).
    pub async fn users(&self) -> Result<Vec<Member>> {
        self.get().await?;
        self.as_members().list().await
    }

    /// Lets these people, and groups of people, use the template, and looks whether they may. They must be able to make
    /// rooms themselves, or be groups.
    ///
    /// # Errors
    ///
    /// `Invalid` for nobody and for an address that is none. `Forbidden` for anybody but the template's owner, and for
    /// users and guests, who cannot make rooms; those before them in the list may use it then. `NotDone` when the portal
    /// answered as if it were done and did not do it. Otherwise as for [`get`](Self::get), which is asked first.
    pub async fn share_with(&self, who: impl IntoIterator<Item = impl Into<Invitee>>) -> Result<()> {
        self.give(who, Access::Read).await
    }

    /// Lets these people, and groups of people, no longer use the template. Rooms that they made from it stay.
    ///
    /// # Errors
    ///
    /// As for [`share_with`](Self::share_with).
    pub async fn unshare(&self, who: impl IntoIterator<Item = impl Into<Invitee>>) -> Result<()> {
        self.give(who, Access::None).await
    }

    async fn give(&self, who: impl IntoIterator<Item = impl Into<Invitee>>, access: Access) -> Result<()> {
        let mut changes = self.as_members().set();
        let mut anybody = false;
        for who in who {
            (changes, anybody) = (changes.give(who, access), true);
        }
        if !anybody {
            return Err(Error::invalid("nobody is named").advise("say who it is about"));
        }
        self.get().await?;
        changes.send().await
    }

    /// A template is a room to the portal, but gives `Read` and nothing else, whatever its type. The roles of that type
    /// would be the wrong ones to check.
    fn as_members(&self) -> Members {
        let any_type = RoomType::Unknown(0);
        Members::new(self.portal().clone(), RoomRef { id: self.id().clone(), room_type: Some(any_type) })
    }
}
