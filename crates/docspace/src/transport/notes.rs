//! What the transport writes on an answer for those who read it.

use reqwest::header::HeaderValue;

/// A shorter text is no credential of any portal, and taking it out would riddle every message.
const SHORTEST_CREDENTIAL: usize = 8;

/// A note on an answer: the credential that the request carried, so that it can be taken out of what the portal says.
#[derive(Clone)]
pub(crate) struct Credential(pub(crate) HeaderValue);

impl Credential {
    pub(crate) fn hide(&self, text: &str) -> String {
        let value = self.0.to_str().unwrap_or_default();
        let secret = value.strip_prefix("Bearer ").unwrap_or(value);
        if secret.len() < SHORTEST_CREDENTIAL { text.to_owned() } else { text.replace(secret, "…") }
    }
}

/// A note on an answer: what is wrong with the key.
#[derive(Clone)]
pub(crate) enum Refusal {
    /// It lacks a scope.
    Scope {
        reason: String,
        /// Whether the portal was asked and has refused; if not, the answer was made up here.
        sent: bool,
    },
    /// The portal does not take it at all.
    Key,
}

/// Attached to an answer: an earlier attempt at the same call may have been executed.
#[derive(Clone)]
pub(crate) struct Doubt;
