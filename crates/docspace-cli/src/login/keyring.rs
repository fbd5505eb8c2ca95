//! The keyring of the operating system, for credentials.
//!
//! macOS and Windows keep what is in it. The keyring of the Linux kernel forgets it at the next
//! start of the computer at the latest, so there it is used only on request.

use std::env;
use std::sync::Arc;

use docspace::Secret;
use keyring_core::{CredentialStore, Entry, Error};

use crate::failure::Failure;

/// The variable that turns the keyring on or off.
const VARIABLE: &str = "DOCSPACE_KEYRING";

/// The name under which a keyring lists the credentials of this program.
const SERVICE: &str = "docspace";

/// The keyring of this system, for messages.
const NAME: &str = if cfg!(target_os = "macos") {
    "the macOS Keychain"
} else if cfg!(windows) {
    "the Windows Credential Manager"
} else {
    "the keyring of the kernel"
};

/// Whether new credentials go to the keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyringUse {
    /// Never.
    Off,
    /// If there is one. Otherwise they go to a file.
    IfPossible,
    /// Always. It is a failure if there is none.
    Required,
}

impl KeyringUse {
    /// Returns what `DOCSPACE_KEYRING` says.
    pub(crate) fn from_environment() -> Result<Self, Failure> {
        match switch()? {
            Some(true) => Ok(Self::Required),
            None if cfg!(any(target_os = "macos", windows)) => Ok(Self::IfPossible),
            None | Some(false) => Ok(Self::Off),
        }
    }
}

/// Returns the value of `DOCSPACE_KEYRING`, or `None` if it is not set.
fn switch() -> Result<Option<bool>, Failure> {
    let value = env::var(VARIABLE).unwrap_or_default();
    match value.trim().to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "on" | "1" | "true" => Ok(Some(true)),
        "off" | "0" | "false" => Ok(Some(false)),
        other => Err(Failure::usage(format!("{VARIABLE} is `{other}`")).advise("set it to on or off, or unset it")),
    }
}

/// A keyring.
pub(crate) struct Keyring(Arc<CredentialStore>);

impl Keyring {
    /// Opens the keyring of this system, unless it is turned off.
    pub(crate) fn open() -> Result<Self, Failure> {
        if switch()? == Some(false) {
            return Err(Failure::no_credentials(format!("the credential is in {NAME}, and {VARIABLE} turns it off"))
                .advise(format!("unset {VARIABLE}, or run `docspace auth login` to use a file")));
        }
        store().map(Self).map_err(|error| unusable("be opened", &error))
    }

    /// Uses a keyring in memory.
    #[cfg(test)]
    pub(crate) fn in_memory() -> Self {
        Self(keyring_core::mock::Store::new().expect("a store in memory"))
    }

    /// The keyring, for messages.
    pub(crate) fn name() -> &'static str {
        NAME
    }

    /// Stores a credential under the name of an account.
    pub(crate) fn set(&self, account: &str, secret: &Secret) -> Result<(), Failure> {
        self.entry(account)
            .and_then(|entry| entry.set_password(secret.expose()))
            .map_err(|error| unusable("store the credential", &error))
    }

    /// Returns the credential of an account, or `None` if the keyring does not have it.
    pub(crate) fn get(&self, account: &str) -> Result<Option<Secret>, Failure> {
        match self.entry(account).and_then(|entry| entry.get_password()) {
            Ok(secret) => Ok(Some(Secret::from(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(unusable("be read", &error)),
        }
    }

    /// Removes the credential of an account, if there is one.
    pub(crate) fn remove(&self, account: &str) -> Result<(), Failure> {
        match self.entry(account).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(unusable("remove the credential", &error)),
        }
    }

    fn entry(&self, account: &str) -> keyring_core::Result<Entry> {
        Entry::new_in_store(&self.0, SERVICE, account)
    }
}

fn unusable(action: &str, error: &Error) -> Failure {
    // The other errors can contain the secret.
    let reason = match error {
        Error::PlatformFailure(reason) | Error::NoStorageAccess(reason) => format!(": {reason}"),
        Error::NotSupportedByStore(reason) => format!(": {reason}"),
        _ => String::new(),
    };
    Failure::local(format!("{NAME} cannot {action}{reason}"))
        .advise(format!("unlock it, or set {VARIABLE}=off and run `docspace auth login` to use a file"))
}

#[cfg(target_os = "linux")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(linux_keyutils_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NotSupportedByStore("there is none on this system".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_stored_read_and_removed() {
        let keyring = Keyring::in_memory();
        assert!(keyring.get("a").expect("a keyring").is_none());
        keyring.set("a", &Secret::from("sk-1")).expect("a keyring");
        assert_eq!(keyring.get("a").expect("a keyring"), Some(Secret::from("sk-1")));
        keyring.remove("a").expect("a keyring");
        keyring.remove("a").expect("nothing to remove");
        assert!(keyring.get("a").expect("a keyring").is_none());
    }

    #[test]
    fn failures_of_the_keyring_do_not_contain_the_secret() {
        let failure = unusable("be read", &Error::BadEncoding(b"hunter2".to_vec()));
        assert!(!format!("{failure:?}").contains("hunter2"), "{failure:?}");
    }
}
