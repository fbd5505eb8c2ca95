//! The printed fields of the current login.

use std::fmt;

use docspace::keys::ApiKey;
use docspace::people::Profile;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::login::{Credential, Login};
use crate::output::{Field, Record};
use crate::scopes;

/// The current login as it is printed, without the secret.
pub(crate) struct StatusRecord {
    pub(crate) login: Login,
    /// `None` if the API key has no scope to read the profile.
    pub(crate) profile: Option<Profile>,
    /// `None` for a session token.
    pub(crate) key: Option<ApiKey>,
}

impl Record for StatusRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("portal", "Address of the portal", &|status| status.login.url.clone()),
        Field::<Self>::column("portalName", "Name of the stored login; null for the environment", &|status| {
            status.login.stored.as_ref().map(|stored| stored.name.clone())
        }),
        Field::<Self>::column("name", "Name of the caller; null if the API key cannot read it", &|status| {
            status.profile.as_ref().map(|me| me.display_name.clone())
        }),
        Field::<Self>::column("email", "E-mail address of the caller; null if the API key cannot read it", &|status| {
            status.profile.as_ref().and_then(|me| me.email.clone())
        }),
        Field::<Self>::column("role", "Role of the caller; null if the API key cannot read it", &|status| {
            status.profile.as_ref().map(role)
        }),
        Field::<Self>::column("credential", "Kind of the credential", &|status| match status.login.credential {
            Credential::ApiKey(_) => CredentialKind::ApiKey,
            Credential::Token(_) => CredentialKind::SessionToken,
        }),
        Field::<Self>::column("source", "Where the login comes from", &|status| {
            if status.login.stored.is_none() { Source::Environment } else { Source::StoredLogin }
        }),
        Field::<Self>::column("storedIn", "Where the credential is stored; null for the environment", &|status| {
            status.login.stored.as_ref().map(|stored| stored.place.clone())
        }),
        Field::<Self>::column(
            "notAllowed",
            "Commands that the scopes of the API key do not allow; null for a session token",
            &|status| status.key.as_ref().map(scopes::commands_not_allowed),
        )
        .shown(|status| {
            let is_key = status.key.is_some();
            let commands = status.key.as_ref().and_then(scopes::commands_not_allowed).unwrap_or_default();
            if is_key && commands.is_empty() { json!("none") } else { json!(commands) }
        }),
    ];
}

#[derive(Debug, Serialize, JsonSchema)]
enum CredentialKind {
    #[serde(rename = "API key")]
    ApiKey,
    #[serde(rename = "session token")]
    SessionToken,
}

#[derive(Debug, Serialize, JsonSchema)]
enum Source {
    #[serde(rename = "environment")]
    Environment,
    #[serde(rename = "stored login")]
    StoredLogin,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Owner,
    Administrator,
    #[serde(rename = "room administrator")]
    RoomAdministrator,
    Guest,
    User,
}

/// Returns the type of the account.
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

pub(crate) fn role(me: &Profile) -> Role {
    if me.is_owner {
        Role::Owner
    } else if me.is_admin {
        Role::Administrator
    } else if me.is_room_admin {
        Role::RoomAdministrator
    } else if me.is_visitor {
        Role::Guest
    } else {
        Role::User
    }
}

#[cfg(test)]
mod tests {
    use docspace::Secret;

    use super::*;
    use crate::login::Stored;

    #[test]
    fn status_shows_the_source_of_the_login_but_not_the_secret() {
        let credential = Credential::Token(Secret::from("hush"));
        let url = "https://acme.example".to_owned();
        let stored = Some(Stored { name: "acme".to_owned(), place: "a file".to_owned() });
        let login = Login { url, credential, allow_http: false, stored };
        let status = StatusRecord { login, profile: None, key: None };
        let values: Vec<_> = StatusRecord::FIELDS.iter().map(|field| field.value(&status)).collect();
        assert_eq!(
            json!(values),
            json!(["https://acme.example", "acme", null, null, null, "session token", "stored login", "a file", null])
        );
    }
}
