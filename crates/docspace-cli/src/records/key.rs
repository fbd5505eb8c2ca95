//! The printed fields of an API key.

use docspace::keys::ApiKey;
use serde_json::json;

use crate::output::{Field, Record, Tone, expiry_tone, instant, optional_instant};

/// An API key as it is printed, without its secret.
pub(crate) struct KeyRecord(pub(crate) ApiKey);

impl Record for KeyRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the name is worth more than the id: commands accept both.
        Field::<Self>::id(|key| json!(key.0.id)).priority(35),
        Field::<Self>::column("name", |key| json!(key.0.name)).never_cut().priority(100),
        Field::column("scopes", |key| json!(scopes(&key.0))),
        Field::<Self>::column("active", |key| json!(key.0.is_active))
            .never_cut()
            .priority(70)
            .tone(|key| if key.0.is_active { Tone::Plain } else { Tone::Dim }),
        Field::<Self>::column("expires", |key| optional_instant(key.0.expires_at))
            .never_cut()
            .priority(80)
            .tone(|key| expiry_tone(key.0.expires_at)),
        Field::<Self>::column("lastUsed", |key| optional_instant(key.0.last_used)).never_cut().priority(40),
        Field::detail("owner", |key| json!(key.0.create_by.display_name)),
        Field::detail("created", |key| instant(key.0.create_on)),
        Field::detail("postfix", |key| json!(key.0.key_postfix)),
    ];
}

/// A new API key with its secret. Text output contains only the secret.
pub(crate) struct NewKeyRecord(pub(crate) ApiKey);

impl Record for NewKeyRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("secret", |key| json!(key.0.key.expose())).never_cut(),
        Field::detail("id", |key| json!(key.0.id)),
        Field::detail("name", |key| json!(key.0.name)),
        Field::detail("scopes", |key| json!(scopes(&key.0))),
        Field::detail("expires", |key| optional_instant(key.0.expires_at)),
    ];
}

/// Returns the scopes of a key. A portal also leaves them out for full access.
fn scopes(key: &ApiKey) -> Vec<&str> {
    match key.permissions.as_deref() {
        None | Some([]) => vec!["*"],
        Some(scopes) => scopes.iter().map(String::as_str).collect(),
    }
}
