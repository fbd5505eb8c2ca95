//! Methods that only a blocking portal has.

use std::future::Future;

use super::Portal;
use crate::error::Result;

impl Portal {
    /// Waits for a future, such as a call of the generated client that has no method here.
    ///
    /// ```no_run
    /// # fn example(portal: docspace::blocking::Portal) -> Result<(), Box<dyn std::error::Error>> {
    /// use docspace::api::ClientPortalExt;
    ///
    /// let call = portal.api().get_portal_version().send();
    /// let version = portal.block_on(call)??;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Returns the output of the future unchanged.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): this is async code, which must not block.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output> {
        self.runtime.block_on(future)
    }
}
