//! Checking the signature of a delivery.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::Delivery;
use crate::Secret;

const PREFIX: &str = "sha256=";

/// Checks that deliveries come from a portal that knows the secret, and reads their events.
///
/// ```
/// use docspace::webhooks::Receiver;
///
/// let receiver = Receiver::new("Wh-Secr3t.2026");
/// let error = receiver.receive(b"{}", "sha256=00").unwrap_err();
/// assert!(error.is_forged());
/// ```
#[derive(Clone, Debug)]
pub struct Receiver {
    secrets: Vec<Secret>,
}

impl Receiver {
    /// The name of the header that contains the signature. Names of headers ignore case.
    /// (docs/portal/webhooks.md#request)
    pub const SIGNATURE_HEADER: &str = "x-docspace-signature-256";

    /// A receiver for the secret with which the webhook was created.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secrets: vec![secret.into()] }
    }

    /// Accepts deliveries that are signed with this secret too.
    ///
    /// Use it while you replace a secret: let the receiver accept both, change the secret on the
    /// portal, and remove the old secret when its last delivery has arrived. Automatic retries end
    /// 31 seconds after a first attempt that failed quickly. (docs/portal/webhooks.md#retries)
    #[must_use]
    pub fn or_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// The signature that a portal sends with this body, for tests of a receiver. It is made with
    /// the first secret.
    ///
    /// ```
    /// # use docspace::webhooks::Receiver;
    /// let receiver = Receiver::new("Wh-Secr3t.2026");
    /// let signature = receiver.sign(b"{}");
    /// assert!(signature.starts_with("sha256="));
    /// ```
    pub fn sign(&self, body: &[u8]) -> String {
        let mac = self.secrets.first().and_then(|secret| mac(body, secret));
        mac.map_or_else(String::new, |mac| written(&mac.finalize().into_bytes()))
    }

    /// Checks the signature of a body, and reads the event in it.
    ///
    /// `body` must be the bytes as they came, and `signature` the value of the header
    /// [`SIGNATURE_HEADER`](Self::SIGNATURE_HEADER). Pass an empty string if the header is missing.
    /// The hex digits may be in upper case, as a portal writes them, or in lower case. The
    /// comparison takes the same time for every signature.
    ///
    /// # Errors
    ///
    /// - [`DeliveryError::NoSignature`]: the header is missing or has another form.
    /// - [`DeliveryError::WrongSignature`]: the body was not signed with a secret of this receiver.
    /// - [`DeliveryError::NotAnEvent`]: the signature is right, but the body is not an event.
    pub fn receive(&self, body: &[u8], signature: &str) -> Result<Delivery, DeliveryError> {
        let signature = parse(signature).ok_or(DeliveryError::NoSignature)?;
        // No early end, so that the time does not tell which secret fits.
        let fits = self.secrets.iter().fold(false, |fits, secret| fits | is_signed(body, secret, &signature));
        if !fits {
            return Err(DeliveryError::WrongSignature);
        }
        serde_json::from_slice(body).map_err(DeliveryError::NotAnEvent)
    }
}

/// The text of a signature.
fn written(signature: &[u8]) -> String {
    signature.iter().fold(PREFIX.to_owned(), |text, byte| format!("{text}{byte:02X}"))
}

fn is_signed(body: &[u8], secret: &Secret, signature: &[u8; 32]) -> bool {
    mac(body, secret).is_some_and(|mac| mac.verify_slice(signature).is_ok())
}

/// HMAC takes keys of every length, so this is always a value.
fn mac(body: &[u8], secret: &Secret) -> Option<Hmac<Sha256>> {
    Hmac::new_from_slice(secret.expose().as_bytes()).ok().map(|mac: Hmac<Sha256>| mac.chain_update(body))
}

/// The 32 bytes of a signature such as `sha256=B336…`.
fn parse(header: &str) -> Option<[u8; 32]> {
    let digits = header.trim().strip_prefix(PREFIX)?.as_bytes();
    let mut bytes = [0; 32];
    if digits.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}

/// Why a body was not accepted as a delivery.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeliveryError {
    /// The header [`SIGNATURE_HEADER`](Receiver::SIGNATURE_HEADER) is missing or has another form.
    #[error(
        "the request has no signature of the form `{PREFIX}` and 64 hex digits in the header {}",
        Receiver::SIGNATURE_HEADER
    )]
    NoSignature,
    /// The body was not signed with a secret of the receiver, or was changed on its way.
    #[error(
        "the signature does not match the body: check that the receiver uses the secret of the webhook, \
         and checks the raw bytes of the body before it parses them"
    )]
    WrongSignature,
    /// The body is signed, but it is not an event of a portal.
    #[error("the body is signed, but is not an event: {0}")]
    NotAnEvent(#[source] serde_json::Error),
}

impl DeliveryError {
    /// Whether the request may not come from the portal. Answer it with 401.
    pub const fn is_forged(&self) -> bool {
        matches!(self, Self::NoSignature | Self::WrongSignature)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn signatures_have_a_prefix_and_64_hex_digits() {
        let digits = "b3361d87eb17067ba245dd781ef19a2457631f0a2473e2a755b9b56c1e9d7a3f";
        let lower = parse(&format!("sha256={digits}")).expect("a signature");
        assert_eq!((lower[0], lower[31]), (0xb3, 0x3f));
        assert_eq!(parse(&format!("sha256={}", digits.to_uppercase())), Some(lower));
        for wrong in
            ["", digits, "sha256=", "sha1=00", &format!("sha256={}", &digits[1..]), &format!("sha256={digits}0")]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert_eq!(parse(&format!("sha256={}é", &digits[2..])), None);
    }

    #[test]
    fn the_secret_is_never_shown() {
        assert!(!format!("{:?}", Receiver::new("Wh-Secr3t.2026")).contains("Wh-"));
    }

    proptest! {
        #[test]
        fn random_headers_and_bodies_never_panic(header in ".{0,80}", body in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Receiver::new("secret").receive(&body, &header).is_err());
        }
    }
}
