//! Creating API keys.

use docspace_api::ClientKeysExt;
use docspace_api::types::{ApiKey, CreateKeyRequest};

use super::scopes;
use crate::brief::brief_debug;
use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::support::input;
use crate::support::lost_answer::is_lost;
use crate::support::optional::optional_settings;

/// Maximum length of a key's name, in characters (docs/portal/keys-and-scopes.md#creating-a-key).
const LONGEST_NAME: usize = 30;
/// Maximum lifetime of a key, in days.
const LONGEST_LIFETIME: u32 = 365;

/// A key to create. Returned by [`Keys::create`](crate::keys::Keys::create).
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// let create = portal.keys().create("report").scopes(["rooms:read", "accounts:read"]);
/// let key = create.expires_in_days(90).send().await?;
///
/// assert_eq!(key.permissions.unwrap_or_default(), ["rooms:read", "accounts:read"]);
/// assert!(key.expires_at.is_some());
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is created before `send` is called"]
pub struct CreateKey {
    portal: Portal,
    request: CreateKeyRequest,
    days: Option<u32>,
}

brief_debug!(CreateKey, |create| name: format_args!("{:?}", create.request.name));

optional_settings!(CreateKey);

impl CreateKey {
    pub(super) fn new(portal: Portal, name: String) -> Self {
        Self { portal, request: CreateKeyRequest::new(name), days: None }
    }

    /// A key with the name, the scopes and the lifetime of another key.
    pub(super) fn like(portal: Portal, old: &ApiKey) -> Self {
        let lifetime = old.expires_at.map(|end| (end.to_utc() - old.create_on.to_utc()).num_days());
        let days = lifetime.map(|days| u32::try_from(days).unwrap_or(1).clamp(1, LONGEST_LIFETIME));
        let permissions = old.permissions.clone();
        Self { portal, request: CreateKeyRequest { permissions, ..CreateKeyRequest::new(&old.name) }, days }
    }

    /// Limits the key to rooms and what belongs to them: members, links, templates, tags and
    /// operations.
    ///
    /// The key has the scopes `rooms:write` and `files:write`. It cannot read people, its owner's
    /// profile or other keys (docs/portal/keys-and-scopes.md#what-a-key-for-rooms-cannot-do).
    pub fn for_rooms(self) -> Self {
        self.scopes(scopes::FOR_ROOMS)
    }

    /// Limits the key to these [scopes](crate::keys::Keys::SCOPES). Without this, or with `*`, it
    /// may do everything that the person who creates it may do.
    pub fn scopes<T: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = T>) -> Self {
        self.request.permissions = Some(input::strings(scopes));
        self
    }

    /// Lets the key expire after this many days, from 1 to 365. By default it never expires.
    pub fn expires_in_days(mut self, days: u32) -> Self {
        self.days = Some(days);
        self
    }

    /// Creates the key. Only this answer contains the whole key.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is blank or longer than 30 characters,
    ///   the lifetime is not 1 to 365 days, a scope does not exist, or the list of scopes is empty:
    ///   for a portal an empty list means full access.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a guest.
    /// - [`RateLimited`](crate::ErrorKind::RateLimited): the caller created more than five keys
    ///   within 15 minutes.
    pub async fn send(mut self) -> Result<ApiKey> {
        self.request.permissions = self.request.permissions.map(scopes::check).transpose()?;
        if self.request.permissions.as_ref().is_some_and(Vec::is_empty) {
            let reason = "the list of scopes is empty, which would give the key full access";
            return Err(Error::invalid(reason).advise("name scopes, or use `*` for full access"));
        }
        self.create().await
    }

    /// Creates the key without checking its scopes, because a portal may have scopes that this
    /// version does not know.
    pub(super) async fn create(mut self) -> Result<ApiKey> {
        self.request.name = key_name(&self.request.name)?;
        if let Some(days) = self.days {
            if !(1..=LONGEST_LIFETIME).contains(&days) {
                let reason = format!("a key cannot expire after {days} days");
                return Err(Error::invalid(reason).advise(format!("use 1 to {LONGEST_LIFETIME}")));
            }
            self.request.expires_in_days = i32::try_from(days).ok();
        }
        let call = Call::new("create_key", format!("`{}`", self.request.name));
        let answer = self.portal.api().create_key().body(self.request).send().await;
        // Only the answer contains the whole key, so a key whose answer was lost is useless.
        call.response(answer, |envelope| envelope.response).await.map_err(|error| match is_lost(&error) {
            true => {
                error.advise("the portal may have created a key whose secret is lost: delete it before trying again")
            }
            false => error,
        })
    }
}

pub(super) fn key_name(name: &str) -> Result<String> {
    Ok(input::name("key", name, LONGEST_NAME)?.to_owned())
}
