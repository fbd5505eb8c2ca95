//! Who is calling.

use docspace_api::ClientPeopleExt;
use docspace_api::types::Profile;

use crate::error::{Call, Result};
use crate::portal::Portal;

impl Portal {
    /// The person behind the credentials.
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key without the `accounts.self:read` scope; keys for rooms alone cannot ask this.
    pub async fn me(&self) -> Result<Profile> {
        let call = Call::new("get_self", "(the profile of the caller)");
        call.response(self.api().get_self().send().await, |envelope| envelope.response).await
    }
}
