//! The error of reading a document.

/// A document cannot be read.
///
/// The message is one line. It names the document and, if known, the place in it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    message: String,
    #[source]
    source: Option<std::io::Error>,
}

/// The result of reading a document.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    pub(crate) fn unreadable(name: &str, source: std::io::Error) -> Self {
        Self { message: format!("{name}: cannot be read"), source: Some(source) }
    }
}
