//! Facts about a portal that need no credentials.

use docspace_api::ClientPortalExt;
use docspace_api::types::Capabilities;

use crate::error::{Call, Result};
use crate::portal::Portal;

impl Portal {
    /// The version of DocSpace that the portal runs, such as `3.7.2`.
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
    /// This call needs no credentials, but the portal rejects it if the key is wrong or lacks the
    /// scope. Use an [`anonymous`](crate::PortalBuilder::anonymous) portal in that case.
    ///
    /// # Errors
    ///
    /// - [`Unauthorized`](crate::ErrorKind::Unauthorized): the key is wrong.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the key lacks the scope `*:read` or `*:write`.
    pub async fn version(&self) -> Result<String> {
        let call = Call::new("get_portal_version", "");
        let answer = self.api().get_portal_version().send().await;
        Ok(call.response(answer, |envelope| envelope.response).await?.doc_space)
    }

    /// The ways to sign in to the portal: third parties, single sign-on and directories.
    ///
    /// # Errors
    ///
    /// The same as for [`version`](Self::version).
    pub async fn capabilities(&self) -> Result<Capabilities> {
        let call = Call::new("get_capabilities", "");
        call.response(self.api().get_capabilities().send().await, |envelope| envelope.response).await
    }
}
