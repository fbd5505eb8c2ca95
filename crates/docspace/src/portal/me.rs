//! Who is calling.

use docspace_api::ClientPeopleExt;
use docspace_api::types::{PersonId, Profile};

use crate::error::{Call, Result};
use crate::portal::Portal;

impl Portal {
    /// The caller: the person whom the credentials belong to.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// let me = portal.me().await?;
    /// println!("{} <{}>", me.display_name, me.email.unwrap_or_default());
    /// assert_eq!(me.id, portal.my_id().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key without the `accounts.self:read` scope; keys for rooms alone cannot ask this, but can ask for
    /// [`my_id`](Self::my_id).
    pub async fn me(&self) -> Result<Profile> {
        let call = Call::new("get_self", "(the profile of the caller)");
        call.response(self.api().get_self().send().await, |envelope| envelope.response).await
    }

    /// The caller's id. Every key can ask this, whatever its scopes.
    ///
    /// # Errors
    ///
    /// `Unauthorized` for credentials that are wrong, and for none.
    pub async fn my_id(&self) -> Result<PersonId> {
        // What a key may always ask is about itself, and it acts as whoever made it (portal-facts 2.2).
        match self.token() {
            Some(_) => self.me().await.map(|profile| profile.id),
            None => self.keys().current().await.map(|key| key.create_by.id),
        }
    }

    /// The caller's id, read once. It cannot change while the credentials are valid.
    pub(crate) async fn caller_id(&self) -> Result<PersonId> {
        if let Some(id) = self.caller().get() {
            return Ok(*id);
        }
        let id = self.my_id().await?;
        Ok(*self.caller().get_or_init(|| id))
    }
}
