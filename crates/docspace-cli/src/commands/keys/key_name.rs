//! The argument that names an API key.

use std::str::FromStr;

use docspace::Portal;
use docspace::keys::{ApiKey, KeyId};
use uuid::Uuid;

use crate::failure::Failure;
use crate::names::only_named;
use crate::text::trimmed;

/// An API key, given by name or id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyName {
    Name(String),
    Id(KeyId),
}

impl FromStr for KeyName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = trimmed(text)?;
        match text.parse::<Uuid>() {
            Ok(id) => Ok(Self::Id(KeyId(id))),
            Err(_) if text.is_empty() => Err("the name of an API key is empty".to_owned()),
            // A secret as an argument would end up in the history of the shell.
            Err(_) if text.starts_with("sk-") => {
                Err("this looks like the secret of an API key: use its name or id".to_owned())
            }
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

impl KeyName {
    /// Reads the key.
    pub(super) async fn find(&self, portal: &Portal) -> Result<ApiKey, Failure> {
        let name = match self {
            Self::Id(id) => return Ok(portal.keys().get(*id).await?),
            Self::Name(name) => name,
        };
        let keys = portal.keys().list().await?;
        only_named(name, keys, |key| (key.id, &key.name), "API key", super::LIST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_given_by_name_or_id_but_not_by_secret() {
        let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        assert_eq!(id.parse(), Ok(KeyName::Id(KeyId(id.parse().expect("an id")))));
        assert_eq!("nightly".parse(), Ok(KeyName::Name("nightly".to_owned())));
        let rejected = "sk-0123".parse::<KeyName>().expect_err("a secret");
        assert!(!rejected.contains("0123"), "{rejected}");
    }
}
