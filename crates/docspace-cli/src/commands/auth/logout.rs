//! `docspace auth logout`.

use crate::failure::Failure;
use crate::login::store::{self, Removed};
use crate::login::{self, Credential};

/// Removes the stored login, and returns the messages to print.
pub(super) fn run() -> Result<Vec<String>, Failure> {
    let mut messages = match store::remove()? {
        Removed::Login(login) => {
            let mut messages = vec![format!("removed the stored login to {}", login.url)];
            if matches!(login.credential, Credential::Token(_)) {
                messages.push(
                    "the session token still works until it expires; \
                     to revoke it now, end the session in your profile on the portal"
                        .to_owned(),
                );
            }
            messages
        }
        Removed::Unusable => vec!["removed the stored login, which could not be read or was not private".to_owned()],
        Removed::Nothing => vec!["there is no stored login".to_owned()],
    };
    if login::has_environment_login() {
        messages.push("note: DOCSPACE_URL and DOCSPACE_API_KEY are set, so commands go on with that key".to_owned());
    }
    Ok(messages)
}
