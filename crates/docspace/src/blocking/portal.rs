//! Methods that only a blocking portal has.

use std::future::Future;

use super::Portal;
use super::runtime::Runtime;
use crate::error::Result;

/// Makes the calls of an async portal without `async`, with the same connections, limits and
/// credentials.
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// let blocking = docspace::blocking::Portal::from(portal.clone());
/// let count = move || blocking.rooms().list().total();
/// println!("{} rooms", tokio::task::spawn_blocking(count).await.unwrap()?);
/// # Ok(())
/// # });
/// ```
///
/// If the async portal was used before, the runtime that it was used in must keep running, because
/// it may drive open connections.
impl From<crate::Portal> for Portal {
    fn from(portal: crate::Portal) -> Self {
        Self::wrap(portal, &Runtime::default())
    }
}

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
