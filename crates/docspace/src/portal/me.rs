//! The caller.

use docspace_api::ClientPeopleExt;
use docspace_api::types::{PersonId, Profile};

use crate::error::{Call, Result};
use crate::portal::Portal;

impl Portal {
    /// Reads the profile of the caller, the person that the credentials belong to.
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// let me = portal.me().await?;
    /// println!("{} <{}>", me.display_name, me.email.unwrap_or_default());
    ///
    /// assert_eq!(me.id, portal.my_id().await?);
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the key lacks the scope `accounts.self:read`.
    ///   A key that has only `rooms` and `files` scopes does not have it: use
    ///   [`my_id`](Self::my_id) with such a key.
    pub fn me(&self) -> impl Future<Output = Result<Profile>> + 'static {
        let portal = self.clone();
        async move {
            let call = Call::new("get_self", "(the profile of the caller)");
            call.response(portal.api().get_self().send().await, |envelope| envelope.response).await
        }
    }

    /// Reads the caller's id. A key needs no scope for this.
    ///
    /// # Errors
    ///
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the credentials are wrong, or there are
    ///   none.
    pub async fn my_id(&self) -> Result<PersonId> {
        // A key needs no scope to read its own record, which names the person who created it
        // (docs/portal/keys-and-scopes.md#reading-the-key-in-the-header).
        match self.token() {
            Some(_) => self.me().await.map(|profile| profile.id),
            None => self.keys().current().await.map(|key| key.create_by.id),
        }
    }

    /// The caller's id, which is read once: it cannot change while the credentials are valid.
    pub(crate) async fn caller_id(&self) -> Result<PersonId> {
        if let Some(id) = self.caller().get() {
            return Ok(*id);
        }
        let id = self.my_id().await?;
        Ok(*self.caller().get_or_init(|| id))
    }
}
