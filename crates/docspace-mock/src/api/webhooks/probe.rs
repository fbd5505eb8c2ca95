//! The `HEAD` request that checks the address of a webhook
//! (docs/portal/webhooks.md#the-head-request).

use std::time::Duration;

use crate::api::call::Call;
use crate::api::webhooks::bad_argument;
use crate::outgoing::{Outcome, Outgoing};
use crate::state::webhooks::address::{self, AddressError};
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

/// How long the portal waits for an answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Fails if a receiver does not accept requests at this address. The call is executed again when
/// the outcome of the `HEAD` request is known.
pub(super) fn check_address(call: &mut Call<'_>, uri: &str, ssl: bool) -> Result<(), Failure> {
    let blacklist = &call.portal.webhooks.blacklist;
    let url = address::read(uri, ssl, blacklist).map_err(|error| match error {
        AddressError::Format => bad_argument("Invalid URL format"),
        AddressError::Scheme(scheme) => {
            bad_argument(&format!("Invalid URL scheme: {scheme}. Only http and https are allowed"))
        }
        AddressError::NotHttps => bad_argument("HTTPS is required"),
        AddressError::Blacklisted => bad_argument("URL host is in the blacklist"),
        AddressError::Unresolved(host) => unresolved(&host),
    })?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let authority = match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.clone(),
    };
    let Some(outcome) = call.probed else {
        let blacklist = blacklist.clone();
        let trace = format!("00-{}-{}-00", call.portal.ids.hex(32), call.portal.ids.hex(16));
        let headers = vec![("Host".to_owned(), authority), ("traceparent".to_owned(), trace)];
        return Err(Failure::Probe(Box::new(Outgoing {
            delivery: None,
            method: "HEAD",
            url: address::text(&url),
            headers,
            body: Vec::new(),
            checks_certificate: ssl,
            timeout: TIMEOUT,
            blacklist,
        })));
    };
    let text = outcome.failure(url.as_str(), TIMEOUT);
    let failed = |kind: Exception| Err(Failure::Thrown(kind, Message::Plain(text.clone())));
    match outcome {
        Outcome::Answered { status: 200..=299, .. } => Ok(()),
        Outcome::Answered { .. } => {
            Err(bad_argument("Webhook URL is not available. HEAD request is not response 200 http status."))
        }
        Outcome::Refused => failed(Exception::ConnectionRefused),
        Outcome::Closed => failed(Exception::Http),
        Outcome::NoTls => failed(Exception::Tls),
        Outcome::TimedOut => failed(Exception::Canceled),
        Outcome::Unresolved => Err(unresolved(&host)),
        Outcome::Blacklisted => failed(Exception::Argument),
    }
}

fn unresolved(host: &str) -> Failure {
    bad_argument(&format!("DNS resolution failed for {host}"))
}
