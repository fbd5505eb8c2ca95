//! The password policy of the portal, and the hash of passwords.

use std::fmt::Write as _;

use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;

use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

/// Checks the password policy: 8 to 30 printable ASCII characters without spaces.
pub(crate) fn check(password: &str) -> Result<(), Failure> {
    let fits = (8..=30).contains(&password.len()) && password.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(()) } else { Err(Failure::Thrown(Exception::Argument, Message::BadPassword)) }
}

/// The salt of password hashes. A portal publishes it, so that clients can hash passwords.
pub(crate) const SALT: &str = "d0bb8085494024d6815b0f8a9356cd674c1e62576e69c0a870a633fd8aefdf62";
const ITERATIONS: u32 = 100_000;

/// The hash that a client may send instead of the password: PBKDF2 with SHA-256, in hexadecimal.
pub(crate) fn hash(password: &str) -> String {
    let mut hash = [0_u8; 32];
    pbkdf2_hmac::<Sha256>(password.as_bytes(), SALT.as_bytes(), ITERATIONS, &mut hash);
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
