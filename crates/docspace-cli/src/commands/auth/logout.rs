//! `docspace auth logout`.

use crate::failure::Failure;
use crate::login::Credential;
use crate::login::store::{self, Forgotten};

/// Removes the stored login, and returns what to tell the user.
pub(super) fn run() -> Result<Vec<String>, Failure> {
    Ok(match store::forget()? {
        Forgotten::Login(login) => {
            let mut messages = vec![format!("forgot the login to {}", login.url)];
            if matches!(login.credential, Credential::Token(_)) {
                messages.push(
                    "the portal accepts the session token until it expires; to end it earlier, end the session on the portal"
                        .to_owned(),
                );
            }
            messages
        }
        Forgotten::Unusable => vec!["forgot an unusable login".to_owned()],
        Forgotten::Nothing => vec!["there was no stored login".to_owned()],
    })
}
