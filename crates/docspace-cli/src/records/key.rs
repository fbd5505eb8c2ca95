//! The printed fields of an API key.

use docspace::keys::ApiKey;

use crate::output::{Field, Record, Tone, expiry_tone, instant, optional_instant};

/// An API key as it is printed, without its secret.
pub(crate) struct KeyRecord(pub(crate) ApiKey);

impl Record for KeyRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the name is worth more than the id: commands accept both.
        Field::<Self>::id("Id of the key", &|key| key.0.id.0).priority(35),
        Field::<Self>::column("name", "Name", &|key| key.0.name.clone()).never_cut().priority(100),
        Field::<Self>::column("scopes", "Scopes; a single `*` for full access", &|key| scopes_of(&key.0)),
        Field::<Self>::column("active", "Whether the key is turned on", &|key| key.0.is_active)
            .never_cut()
            .priority(70)
            .tone(|key| if key.0.is_active { Tone::Plain } else { Tone::Dim }),
        Field::<Self>::column("expires", "Time of expiry; null for a key that does not expire", &|key| {
            optional_instant(key.0.expires_at)
        })
        .never_cut()
        .priority(80)
        .tone(|key| expiry_tone(key.0.expires_at)),
        Field::<Self>::column("lastUsed", "Time of the last use; null for a key that was never used", &|key| {
            optional_instant(key.0.last_used)
        })
        .never_cut()
        .priority(40),
        Field::<Self>::detail("owner", "Name of the owner", &|key| key.0.create_by.display_name.clone()),
        Field::<Self>::detail("created", "Time of creation", &|key| instant(key.0.create_on)),
        Field::<Self>::detail("postfix", "Last characters of the secret", &|key| key.0.key_postfix.clone()),
    ];
}

/// A new API key with its secret. Text output contains only the secret.
pub(crate) struct NewKeyRecord(pub(crate) ApiKey);

impl Record for NewKeyRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("secret", "Secret of the key, which is never shown again", &|key| {
            key.0.key.expose().to_owned()
        })
        .never_cut(),
        Field::<Self>::detail("id", "Id of the key", &|key| key.0.id.0),
        Field::<Self>::detail("name", "Name", &|key| key.0.name.clone()),
        Field::<Self>::detail("scopes", "Scopes; a single `*` for full access", &|key| scopes_of(&key.0)),
        Field::<Self>::detail("expires", "Time of expiry; null for a key that does not expire", &|key| {
            optional_instant(key.0.expires_at)
        }),
    ];
}

/// Returns the scopes of a key. A portal also leaves them out for full access.
pub(crate) fn scopes_of(key: &ApiKey) -> Vec<String> {
    match key.permissions.as_deref() {
        None | Some([]) => vec!["*".to_owned()],
        Some(scopes) => scopes.to_vec(),
    }
}
