//! Passwords, tokens and keys inside requests and answers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A password, token or key. It is sent and read like any string, but neither `Debug` nor `Display` shows it.
///
/// ```
/// let password = docspace_api::Secret::from("LongEnough1!");
/// assert_eq!(format!("{password:?}"), "…");
/// assert_eq!(password.expose(), "LongEnough1!");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself. Do not print it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("…")
    }
}
