//! The stored logins, each with a name of its own.

use std::collections::BTreeMap;
use std::path::PathBuf;

use docspace::{Secret, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use super::file;
use super::keyring::Keyring;
use super::{Credential, Login, Stored};
use crate::failure::Failure;
use crate::input;

/// The longest name of a portal, in characters.
const LONGEST_NAME: usize = 100;

/// The stored logins.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Portals {
    /// The name of the portal that commands use, unless another one is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<String>,
    portals: BTreeMap<String, StoredPortal>,
}

/// A portal and a credential for it.
#[derive(Serialize, Deserialize)]
struct StoredPortal {
    url: String,
    credential: StoredCredential,
    /// Whether the login was made with `--allow-http`.
    #[serde(default, skip_serializing_if = "is_false")]
    allow_http: bool,
    saved: Option<Timestamp>,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// A credential, or its place in the keyring.
#[derive(Serialize, Deserialize)]
struct StoredCredential {
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<Secret>,
    /// The account in the keyring.
    #[serde(skip_serializing_if = "Option::is_none")]
    keyring: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    ApiKey,
    Token,
}

/// The content of the file: several logins, or one login without a name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Several(Portals),
    One(StoredPortal),
}

/// A stored login without its secret.
pub(crate) struct Summary {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) credential: &'static str,
    pub(crate) place: String,
    pub(crate) is_current: bool,
}

/// A login that was removed.
pub(crate) struct Removed {
    pub(crate) url: String,
    /// Whether its credential was a session token.
    pub(crate) is_session: bool,
    /// The portal that commands use now, if it is another one.
    pub(crate) current: Option<String>,
    /// Why the keyring still has the credential.
    pub(crate) failure: Option<Failure>,
}

impl Portals {
    /// Reads the stored logins.
    pub(crate) fn read() -> Result<Self, Failure> {
        let Some(bytes) = file::read()? else { return Ok(Self::default()) };
        Self::parse(bytes).map_or_else(
            // The error can quote the file, which contains the secret, so it is not shown.
            || {
                Err(Failure::no_credentials(format!("the stored login in {} is damaged", file::path()?.display()))
                    .advise("run `docspace auth login` again"))
            },
            Ok,
        )
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let text = input::decoded(bytes)?;
        Some(match serde_json::from_str(&text).ok()? {
            Content::Several(portals) => portals,
            Content::One(portal) => {
                let name = default_name(&portal.url);
                Self { current: Some(name.clone()), portals: BTreeMap::from([(name, portal)]) }
            }
        })
    }

    /// Writes the logins to the file, and returns its path.
    pub(crate) fn write(&self) -> Result<PathBuf, Failure> {
        file::write(self)
    }

    /// Removes the file with all logins. Returns whether there was one.
    pub(crate) fn remove_file() -> Result<bool, Failure> {
        file::remove()
    }

    /// Whether there is no login.
    pub(crate) fn is_empty(&self) -> bool {
        self.portals.is_empty()
    }

    /// The names of the portals.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.portals.keys().map(String::as_str).collect()
    }

    /// The address of the portal with this name.
    pub(crate) fn url(&self, name: &str) -> Option<&str> {
        self.portals.get(name).map(|portal| portal.url.as_str())
    }

    /// The name of the portal that commands use.
    pub(crate) fn current(&self) -> Option<&str> {
        self.current.as_deref().filter(|name| self.portals.contains_key(*name))
    }

    /// The logins, in the order of their names.
    pub(crate) fn summaries(&self) -> Result<Vec<Summary>, Failure> {
        let path = file::path()?.display().to_string();
        let summary = |(name, portal): (&String, &StoredPortal)| Summary {
            name: name.clone(),
            url: portal.url.clone(),
            credential: portal.credential.kind.name(),
            place: portal.credential.place(&path),
            is_current: self.current() == Some(name),
        };
        Ok(self.portals.iter().map(summary).collect())
    }

    /// Stores a login under a name, and makes it the current one. The credential goes to the
    /// keyring, or into the file without one. Returns what removes the credential of the login that
    /// it replaces.
    pub(crate) fn put(
        &mut self,
        name: &str,
        url: &str,
        credential: &Credential,
        allow_http: bool,
        keyring: Option<&Keyring>,
    ) -> Result<Replaced, Failure> {
        let (kind, secret) = match credential {
            Credential::ApiKey(key) => (Kind::ApiKey, key),
            Credential::Token(token) => (Kind::Token, token),
        };
        let credential = match keyring {
            None => StoredCredential { kind, secret: Some(secret.clone()), keyring: None },
            Some(keyring) => {
                // Another file of logins may have the same name for another portal.
                let account = format!("{name} {}", Uuid::new_v4());
                keyring.set(&account, secret)?;
                StoredCredential { kind, secret: None, keyring: Some(account) }
            }
        };
        let portal = StoredPortal { url: url.to_owned(), credential, allow_http, saved: Some(Timestamp::now()) };
        let replaced = self.portals.insert(name.to_owned(), portal);
        self.current = Some(name.to_owned());
        Ok(Replaced { account: replaced.and_then(|portal| portal.credential.keyring) })
    }

    /// Makes the portal with this name the current one, and returns its whole name.
    pub(crate) fn switch(&mut self, name: &str) -> Result<String, Failure> {
        let name = self.find(name)?.0.to_owned();
        self.current = Some(name.clone());
        Ok(name)
    }

    /// Removes the login with this name. If one login remains, it becomes the current one.
    pub(crate) fn remove(&mut self, name: &str) -> Result<Removed, Failure> {
        let name = &self.find(name)?.0.to_owned();
        let was_current = self.current() == Some(name);
        let portal = self.portals.remove(name).ok_or_else(|| self.unknown(name))?;
        if was_current {
            let mut others = self.portals.keys();
            self.current = others.next().filter(|_| others.next().is_none()).cloned();
        }
        let account = portal.credential.keyring;
        Ok(Removed {
            url: portal.url,
            is_session: matches!(portal.credential.kind, Kind::Token),
            current: self.current.clone().filter(|_| was_current),
            failure: Replaced { account }.remove().err(),
        })
    }

    /// Returns the login with this name, or the current one.
    pub(crate) fn login(&self, name: Option<&str>) -> Result<Login, Failure> {
        let name = match name.or_else(|| self.current()) {
            Some(name) => name,
            None if self.is_empty() => {
                return Err(Failure::no_credentials("you are not logged in to a portal")
                    .advise("run `docspace auth login`, or set DOCSPACE_URL and DOCSPACE_API_KEY"));
            }
            None => {
                return Err(Failure::no_credentials("no portal is selected").advise(format!(
                    "run `docspace auth switch NAME`, or add --portal NAME; the names are {}",
                    self.names().join(", ")
                )));
            }
        };
        let (name, portal) = self.find(name)?;
        let secret = portal.credential.secret(name, Keyring::open)?;
        Ok(Login {
            url: portal.url.clone(),
            credential: match portal.credential.kind {
                Kind::ApiKey => Credential::ApiKey(secret),
                Kind::Token => Credential::Token(secret),
            },
            allow_http: portal.allow_http,
            stored: Some(Stored {
                name: name.to_owned(),
                place: portal.credential.place(&file::path()?.display().to_string()),
            }),
        })
    }

    /// Returns the login with this name, or the only one to a portal on this host.
    fn find(&self, name: &str) -> Result<(&str, &StoredPortal), Failure> {
        let entry = |(name, portal)| (String::as_str(name), portal);
        if let Some(found) = self.portals.get_key_value(name) {
            return Ok(entry(found));
        }
        let is_on_host = |portal: &StoredPortal| {
            Url::parse(&portal.url).is_ok_and(|url| url.host_str().is_some_and(|host| host.eq_ignore_ascii_case(name)))
        };
        let mut on_host = self.portals.iter().filter(|(_, portal)| is_on_host(portal));
        match (on_host.next(), on_host.next()) {
            (Some(only), None) => Ok(entry(only)),
            _ => Err(self.unknown(name)),
        }
    }

    fn unknown(&self, name: &str) -> Failure {
        let known = match self.names().join(", ") {
            names if names.is_empty() => String::new(),
            names => format!("; the names are {names}"),
        };
        Failure::no_credentials(format!("there is no stored login with the name `{name}`"))
            .advise(format!("check the name, or run `docspace auth login --portal {name}`{known}"))
    }
}

/// The credential in the keyring of a login that another one has replaced.
#[must_use = "the credential stays in the keyring until it is removed"]
pub(crate) struct Replaced {
    account: Option<String>,
}

impl Replaced {
    /// Removes the credential from the keyring, if it is there.
    pub(crate) fn remove(self) -> Result<(), Failure> {
        self.account.map_or(Ok(()), |account| Keyring::open()?.remove(&account))
    }
}

impl StoredCredential {
    fn secret(&self, name: &str, open: impl FnOnce() -> Result<Keyring, Failure>) -> Result<Secret, Failure> {
        if let Some(secret) = &self.secret {
            return Ok(secret.clone());
        }
        let again = || format!("run `docspace auth login --portal {name}` again");
        let Some(account) = &self.keyring else {
            return Err(Failure::no_credentials(format!("the stored login `{name}` has no credential")).advise(again()));
        };
        open()?.get(account)?.ok_or_else(|| {
            Failure::no_credentials(format!("{} does not have the credential of `{name}` any more", Keyring::name()))
                .advise(again())
        })
    }

    /// Where the credential is, for a person.
    fn place(&self, path: &str) -> String {
        if self.keyring.is_some() { Keyring::name().to_owned() } else { path.to_owned() }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        let secret = Secret::from("");
        match self {
            Self::ApiKey => Credential::ApiKey(secret).kind(),
            Self::Token => Credential::Token(secret).kind(),
        }
    }
}

/// Returns the name that a portal has if the person gives none: its host, and its port if the
/// address has one.
pub(crate) fn default_name(url: &str) -> String {
    let host = Url::parse(url).ok().and_then(|url| {
        let host = url.host_str()?.to_owned();
        Some(url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}")))
    });
    host.unwrap_or_else(|| "portal".to_owned())
}

/// Checks a name that a person gives to a portal.
pub(crate) fn check_name(name: &str) -> Result<(), Failure> {
    let is_allowed = |letter: char| letter.is_alphanumeric() || "._-:[]".contains(letter);
    // A name that looks like an option or a key is a mistake.
    let is_mistake = name.starts_with('-') || name.starts_with("sk-");
    if name.is_empty() || name.chars().count() > LONGEST_NAME || is_mistake || !name.chars().all(is_allowed) {
        return Err(Failure::usage("the text after --portal is not a name for a portal")
            .advise("use letters, digits, dots and hyphens, such as `acme` or `acme.onlyoffice.com`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_two() -> Portals {
        let mut portals = Portals::default();
        for name in ["acme", "test"] {
            let key = Credential::ApiKey(Secret::from(format!("sk-{name}")));
            let _ = portals.put(name, &format!("https://{name}.example/"), &key, false, None).expect("no keyring");
        }
        portals
    }

    #[test]
    fn one_login_without_a_name_is_read_under_the_name_of_its_host() {
        let text = r#"{"url":"http://127.0.0.1:8092/","credential":{"kind":"token","secret":"t"},
            "allow_http":true,"saved":"2026-11-21T08:00:00Z"}"#;
        let login = Portals::parse(text.into()).expect("a login").login(None).expect("a login");
        assert_eq!((login.url.as_str(), login.allow_http), ("http://127.0.0.1:8092/", true));
        assert_eq!(login.stored.expect("a name").name, "127.0.0.1:8092");
        assert!(matches!(login.credential, Credential::Token(token) if token.expose() == "t"));
    }

    #[test]
    fn logins_are_the_same_after_they_are_written_and_read() {
        let text = serde_json::to_vec(&with_two()).expect("JSON");
        let read = Portals::parse(text).expect("logins");
        assert_eq!((read.names(), read.current()), (vec!["acme", "test"], Some("test")));
        let login = read.login(Some("acme")).expect("a login");
        assert!(matches!(login.credential, Credential::ApiKey(key) if key.expose() == "sk-acme"));
        for damaged in ["", "{}", "[]", r#"{"portals":{"a":{}}}"#, r#"{"url":"https://a"}"#] {
            assert!(Portals::parse(damaged.into()).is_none(), "{damaged}");
        }
    }

    #[test]
    fn login_is_found_by_its_host_if_that_is_the_only_one() {
        let mut portals = with_two();
        assert_eq!(portals.switch("ACME.example").expect("a login"), "acme");
        assert_eq!(portals.current(), Some("acme"));
        let key = Credential::ApiKey(Secret::from("sk-2"));
        let _ = portals.put("other", "https://acme.example:8443/", &key, false, None).expect("no keyring");
        assert!(portals.switch("acme.example").is_err(), "two logins have this host");
        assert_eq!(portals.remove("test.example").expect("a login").url, "https://test.example/");
    }

    #[test]
    fn login_that_remains_alone_becomes_the_current_one() {
        let mut portals = with_two();
        assert_eq!(portals.remove("test").expect("a login").current.as_deref(), Some("acme"));
        assert!(portals.remove("test").is_err() && portals.switch("test").is_err());
        let mut portals = with_two();
        assert_eq!(portals.remove("acme").expect("a login").current, None, "the current one stays");
        assert_eq!(portals.current(), Some("test"));
    }

    #[test]
    fn no_other_portal_is_chosen_if_several_remain() {
        let mut portals = with_two();
        let key = Credential::ApiKey(Secret::from("sk-2"));
        let _ = portals.put("third", "https://third.example", &key, false, None).expect("no keyring");
        assert_eq!(portals.remove("third").expect("a login").current, None);
        assert!(portals.login(None).err().expect("a failure").message().contains("no portal is selected"));
    }

    #[test]
    fn credential_in_the_keyring_is_not_in_the_file() {
        let keyring = Keyring::in_memory();
        let mut portals = Portals::default();
        let key = Credential::ApiKey(Secret::from("sk-hunter2"));
        let _ = portals.put("acme", "https://acme.example", &key, false, Some(&keyring)).expect("a keyring");
        assert!(!serde_json::to_string(&portals).expect("JSON").contains("hunter2"));
        let credential = &portals.portals["acme"].credential;
        assert_eq!(credential.place("file"), Keyring::name());
        let account = credential.keyring.clone().expect("an account");
        let secret = |keyring| credential.secret("acme", || Ok(keyring));
        assert!(secret(Keyring::in_memory()).expect_err("a failure").message().contains("does not have"));
        assert_eq!(keyring.get(&account).expect("a keyring"), Some(Secret::from("sk-hunter2")));
        assert_eq!(secret(keyring).expect("a secret").expose(), "sk-hunter2");
    }

    #[test]
    fn names_of_portals_are_checked() {
        for name in ["acme", "acme.onlyoffice.com", "127.0.0.1:8092", "[::1]:80", "büro_2"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "-x", "sk-0123", "a b", "a/b", "https://acme.com", "a\nb"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn default_name_is_the_host() {
        assert_eq!(default_name("https://acme.onlyoffice.com/docs"), "acme.onlyoffice.com");
        assert_eq!(default_name("http://[::1]:8092/"), "[::1]:8092");
    }
}
