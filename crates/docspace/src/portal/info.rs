//! Facts about a portal that need no credentials.

use docspace_api::ClientPortalExt;
use docspace_api::types::Capabilities;

use crate::error::{Call, Result};
use crate::portal::Portal;

impl Portal {
    /// Reads the version of DocSpace that the portal runs, such as `3.7.2`.
    ///
    /// ```
    /// use docspace::Portal;
    ///
    /// # doc_examples::with_mock(async |mock, _| {
    /// # let address = mock.url();
    /// let portal = Portal::builder(address).anonymous().build()?;
    /// let version = portal.version().await?;
    /// println!("DocSpace {version}");
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// This call needs no credentials, but a portal rejects it if it comes with a key that is wrong
    /// or lacks the scope. With such a key, use an [`anonymous`](crate::PortalBuilder::anonymous)
    /// portal.
    ///
    /// # Errors
    ///
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the key is wrong.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the key has neither the scope `*:read` nor
    ///   `*:write`.
    pub async fn version(&self) -> Result<String> {
        let call = Call::new("get_portal_version", "");
        let answer = self.api().get_portal_version().send().await;
        Ok(call.response(answer, |envelope| envelope.response).await?.doc_space)
    }

    /// Reads the ways to sign in to the portal: third parties, single sign-on and directories.
    ///
    /// # Errors
    ///
    /// The same as for [`version`](Self::version).
    pub async fn capabilities(&self) -> Result<Capabilities> {
        let call = Call::new("get_capabilities", "");
        call.response(self.api().get_capabilities().send().await, |envelope| envelope.response).await
    }
}
