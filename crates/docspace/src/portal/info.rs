//! What a portal says about itself, to anybody.

use docspace_api::ClientPortalExt;
use docspace_api::types::Capabilities;

use crate::error::{Call, Result};
use crate::portal::Portal;

impl Portal {
    /// The version of DocSpace that the portal runs, such as `3.7.2`.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let address = mock.url();
    /// let stranger = docspace::Portal::builder(address).anonymous().build()?;
    /// println!("DocSpace {}", stranger.version().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `Unauthorized` for a key that is wrong and `Forbidden` for one that is limited to some scopes, although anybody may
    /// ask this: use a portal with [`anonymous`](crate::PortalBuilder::anonymous) then.
    pub async fn version(&self) -> Result<String> {
        let call = Call::new("get_portal_version", "");
        let answer = self.api().get_portal_version().send().await;
        Ok(call.response(answer, |envelope| envelope.response).await?.doc_space)
    }

    /// How one can sign in to the portal: with which third parties, single sign-on or directory.
    ///
    /// # Errors
    ///
    /// As for [`version`](Self::version).
    pub async fn capabilities(&self) -> Result<Capabilities> {
        let call = Call::new("get_capabilities", "");
        call.response(self.api().get_capabilities().send().await, |envelope| envelope.response).await
    }
}
