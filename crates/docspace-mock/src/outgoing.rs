//! What the portal sends to receivers of webhooks. The core only describes the requests;
//! [`crate::server`] sends them.

use std::net::IpAddr;
use std::time::Duration;

use crate::state::webhooks::address::Blacklist;

/// A request of the portal to a receiver of webhooks: a `HEAD` request that checks an address, or a
/// `POST` request that delivers an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The id of the delivery, which is `event.id` in the body. `None` for a `HEAD` request.
    pub delivery: Option<i64>,
    /// The HTTP method.
    pub method: &'static str,
    /// The normalized address.
    pub url: String,
    /// Header names and values in the order of a portal.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body; empty for a `HEAD` request.
    pub body: Vec<u8>,
    /// Whether the certificate of an `https:` address is checked.
    pub checks_certificate: bool,
    /// How long the portal waits for the answer.
    pub timeout: Duration,
    pub(crate) blacklist: Blacklist,
}

impl Outgoing {
    /// Returns whether the portal refuses to connect to this IP address, which a name in the
    /// address resolved to.
    pub fn refuses(&self, ip: IpAddr) -> bool {
        self.blacklist.contains(ip)
    }
}

/// What came of a request to a receiver of webhooks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The receiver answered.
    Answered {
        /// The HTTP status code.
        status: u16,
        /// Header names and values.
        headers: Vec<(String, String)>,
        /// The bytes of the body.
        body: Vec<u8>,
    },
    /// Nothing listens at the address.
    Refused,
    /// The receiver closed the connection without an answer.
    Closed,
    /// The receiver does not speak TLS, or its certificate is not valid.
    NoTls,
    /// The receiver did not answer in time.
    TimedOut,
    /// The host does not exist.
    Unresolved,
    /// The host has an IP address that the portal refuses; see [`Outgoing::refuses`].
    Blacklisted,
}

impl Outcome {
    /// An answer without headers and body.
    pub fn status(status: u16) -> Self {
        Self::Answered { status, headers: Vec::new(), body: Vec::new() }
    }

    /// The status of the answer, or 0 without an answer.
    pub(crate) fn code(&self) -> u16 {
        match self {
            Self::Answered { status, .. } => *status,
            _ => 0,
        }
    }

    /// The text of the portal's HTTP client about a failure
    /// (docs/portal/webhooks.md#how-a-create-fails).
    pub(crate) fn failure(&self, url: &str, timeout: Duration) -> String {
        match self {
            Self::Answered { status, .. } => {
                let reason = http::StatusCode::from_u16(*status).ok().and_then(|status| status.canonical_reason());
                let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
                format!("Response status code does not indicate success: {status}{reason}.")
            }
            Self::Refused => format!("Connection refused ({})", authority(url)),
            Self::Closed => "An error occurred while sending the request.".into(),
            Self::NoTls => "The SSL connection could not be established, see inner exception.".into(),
            Self::TimedOut => format!(
                "The request was canceled due to the configured HttpClient.Timeout of {} seconds elapsing.",
                timeout.as_secs()
            ),
            Self::Unresolved => format!("Name or service not known ({})", authority(url)),
            Self::Blacklisted => "URL resolves to a blacklisted IP address".into(),
        }
    }
}

/// The host and the port of an address.
fn authority(address: &str) -> String {
    let Ok(url) = url::Url::parse(address.trim()) else { return address.to_owned() };
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}
