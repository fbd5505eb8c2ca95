//! Errors for the tests of programs.

use super::{Error, ErrorKind};

impl Error {
    /// An error that no portal returned, for a fake in the tests of a program.
    ///
    /// ```
    /// use docspace::{Error, ErrorKind};
    ///
    /// let error = Error::fake(ErrorKind::NotFound, "there is no room 17");
    /// assert!(error.is_not_found());
    /// assert_eq!(error.to_string(), "there is no room 17; check the id and the portal's address");
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
    pub fn fake(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::new(kind, message)
    }
}
