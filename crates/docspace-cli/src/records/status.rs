//! The printed fields of the current login.

use docspace::keys::ApiKey;
use docspace::people::Profile;
use serde_json::json;

use crate::login::Login;
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
        Field::column("portal", |status| json!(status.login.url)),
        Field::column("portalName", |status| json!(status.login.stored.as_ref().map(|stored| &stored.name))),
        Field::column("name", |status| json!(status.profile.as_ref().map(|me| &me.display_name))),
        Field::column("email", |status| json!(status.profile.as_ref().map(|me| &me.email))),
        Field::column("role", |status| json!(status.profile.as_ref().map(role))),
        Field::column("credential", |status| json!(status.login.credential.kind())),
        Field::column("source", |status| {
            json!(if status.login.stored.is_none() { "environment" } else { "stored login" })
        }),
        Field::column("storedIn", |status| json!(status.login.stored.as_ref().map(|stored| &stored.place))),
        Field::column("notAllowed", |status| json!(status.key.as_ref().map(scopes::commands_not_allowed))),
    ];
}

/// Returns the type of the account.
pub(crate) fn role(me: &Profile) -> &'static str {
    if me.is_owner {
        "owner"
    } else if me.is_admin {
        "administrator"
    } else if me.is_room_admin {
        "room administrator"
    } else if me.is_visitor {
        "guest"
    } else {
        "user"
    }
}

#[cfg(test)]
mod tests {
    use docspace::Secret;

    use super::*;
    use crate::login::{Credential, Stored};

    #[test]
    fn status_shows_the_source_of_the_login_but_not_the_secret() {
        let credential = Credential::Token(Secret::from("hush"));
        let url = "https://acme.example".to_owned();
        let stored = Some(Stored { name: "acme".to_owned(), place: "a file".to_owned() });
        let login = Login { url, credential, allow_http: false, stored };
        let status = StatusRecord { login, profile: None, key: None };
        let values: Vec<_> = StatusRecord::FIELDS.iter().map(|field| (field.get)(&status)).collect();
        assert_eq!(
            json!(values),
            json!(["https://acme.example", "acme", null, null, null, "session token", "stored login", "a file", null])
        );
    }
}
