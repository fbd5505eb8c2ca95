//! Annotations that the transport attaches to an answer.

use reqwest::header::HeaderValue;

/// Real credentials are longer. Removing a shorter text would make messages unreadable.
const SHORTEST_CREDENTIAL: usize = 8;

/// The credential of the request, so that it can be removed from the portal's messages.
#[derive(Clone)]
pub(crate) struct Credential(pub(crate) HeaderValue);

impl Credential {
    /// Replaces the credential in a text.
    pub(crate) fn hide(&self, text: &str) -> String {
        let value = self.0.to_str().unwrap_or_default();
        let secret = value.strip_prefix("Bearer ").unwrap_or(value);
        if secret.len() < SHORTEST_CREDENTIAL { text.to_owned() } else { text.replace(secret, "…") }
    }
}

/// Why a call was rejected.
#[derive(Clone)]
pub(crate) enum Refusal {
    /// It lacks a scope.
    Scope {
        reason: String,
        /// Whether the portal rejected the call. If not, the client created the answer.
        sent: bool,
    },
    /// The portal does not accept the key.
    Key,
    /// There is no Tokio runtime, so nothing was sent.
    NoRuntime,
}

/// The name of a failed call, such as `list_folder`.
#[derive(Clone)]
pub(crate) struct CallName(pub(crate) &'static str);

/// An earlier attempt at the same call may have been executed.
#[derive(Clone)]
pub(crate) struct MaybeExecuted;
