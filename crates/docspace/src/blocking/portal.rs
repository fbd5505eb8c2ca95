//! What a blocking portal has and an async one does not need.

use std::future::Future;

use super::Portal;
use crate::error::Result;

impl Portal {
    /// Waits for a future, such as a call of the generated client that has no method here.
    ///
    /// ```no_run
    /// # fn example(portal: docspace::blocking::Portal) -> Result<(), Box<dyn std::error::Error>> {
    /// use docspace::api::ClientPortalExt;
    /// let version = portal.block_on(portal.api().get_portal_version().send())??;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `Invalid` inside async code. What the future itself returns is passed on as it is.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output> {
        self.runtime.block_on(future)
    }
}
