//! API keys: create, list, change, replace and delete them.
//!
//! Start with [`Portal::keys`].

mod create;
mod scopes;

pub use create::CreateKey;
use docspace_api::ClientKeysExt;
use docspace_api::types::UpdateKeyRequest;
pub use docspace_api::types::{ApiKey, KeyId};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform;
use crate::portal::Portal;
use crate::support::input;

/// The API keys of a portal. Returned by [`Portal::keys`].
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// use docspace::Portal;
///
/// let key = portal.keys().create("nightly").for_rooms().expires_in_days(90).send().await?;
/// let secret = key.key; // store it: only this answer contains the whole key
///
/// let nightly = Portal::builder(portal.url().as_str()).api_key(secret).build()?;
/// assert_eq!(nightly.keys().current().await?.name, "nightly");
/// # Ok(())
/// # });
/// ```
///
/// Administrators see all keys, other people only their own. A key that is limited to some scopes
/// cannot manage keys.
#[derive(Clone, Debug)]
pub struct Keys {
    pub(crate) portal: Portal,
}

impl Keys {
    /// Every scope that a key can have; `*` is full access. [`scopes`](Self::scopes) asks the
    /// portal itself (docs/portal/keys-and-scopes.md#scopes).
    pub const SCOPES: [&'static str; 11] = scopes::ALL;

    /// Lists the keys, newest first, each without its secret.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](ErrorKind::Forbidden): the key in use lacks the scope `*:read`.
    pub async fn list(&self) -> Result<Vec<ApiKey>> {
        let call = Call::new("list_keys", "");
        Ok(call.envelope(self.portal.api().list_keys().send().await).await?.response.unwrap_or_default())
    }

    /// Lists the keys that the caller created, newest first. [`list`](Self::list) shows an
    /// administrator the keys of all people.
    ///
    /// # Errors
    ///
    /// The same as for [`list`](Self::list).
    pub async fn mine(&self) -> Result<Vec<ApiKey>> {
        let me = self.portal.my_id().await?;
        let mut keys = self.list().await?;
        keys.retain(|key| key.create_by.id == me);
        Ok(keys)
    }

    /// Reads one key, without its secret.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): the key does not exist, or the caller cannot see it.
    /// - [`Forbidden`](ErrorKind::Forbidden): the key in use lacks the scope `*:read`.
    pub async fn get(&self, key: KeyId) -> Result<ApiKey> {
        self.find(key, &Call::new("get_key", key.0.to_string())).await
    }

    /// Reads the key that this portal uses. A key needs no scope for this.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): the portal uses a session token instead of a key. Nothing
    ///   is sent.
    pub async fn current(&self) -> Result<ApiKey> {
        let call = Call::new("get_self_key", "");
        // The portal itself fails with 500 for a session token.
        if self.portal.token().is_some() {
            let reason = "the portal uses a session token, not an API key";
            return Err(Error::invalid(reason).of(&call).advise("use an API key"));
        }
        call.response(self.portal.api().get_self_key().send().await, |envelope| envelope.response).await
    }

    /// Lists the scopes that a key can have on this portal.
    ///
    /// # Errors
    ///
    /// The same as for [`list`](Self::list).
    pub async fn scopes(&self) -> Result<Vec<String>> {
        let call = Call::new("list_key_permissions", "");
        let answer = self.portal.api().list_key_permissions().send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// Creates a key with this name. Set its scopes and lifetime, then call `send`.
    pub fn create(&self, name: impl Into<String>) -> CreateKey {
        CreateKey::new(self.portal.clone(), name.into())
    }

    /// Renames a key.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): the name is blank or longer than 30 characters, or the
    ///   key has expired.
    /// - [`NotFound`](ErrorKind::NotFound): the key does not exist, or the caller cannot see it.
    /// - [`NotDone`](ErrorKind::NotDone): the portal reported that it did not rename the key.
    pub async fn rename(&self, key: KeyId, name: impl Into<String>) -> Result<()> {
        let name = create::key_name(&name.into())?;
        self.change(key, UpdateKeyRequest { name: Some(name), ..Default::default() }).await
    }

    /// Replaces the scopes of a key. `*` allows everything that the key's owner may do.
    ///
    /// The secret of the key stays the same, so every program that uses the key is affected.
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// let key = portal.keys().create("nightly").send().await?;
    /// portal.keys().set_scopes(key.id, ["rooms:read"]).await?;
    ///
    /// let key = portal.keys().get(key.id).await?;
    /// assert_eq!(key.permissions.unwrap_or_default(), ["rooms:read"]);
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): a scope does not exist, or there is none: for an empty
    ///   list a portal leaves the scopes unchanged. Or the key has expired.
    /// - [`NotFound`](ErrorKind::NotFound): the key does not exist, or the caller cannot see it.
    /// - [`NotDone`](ErrorKind::NotDone): the key has other scopes afterwards.
    pub async fn set_scopes<T: AsRef<str>>(&self, key: KeyId, scopes: impl IntoIterator<Item = T>) -> Result<()> {
        let scopes = scopes::check(input::strings(scopes))?;
        if scopes.is_empty() {
            let reason = "the list of scopes is empty, which leaves the key unchanged";
            return Err(Error::invalid(reason).advise("name scopes, use `*` for full access, or switch the key off"));
        }
        let call = Call::new("update_key", key.0.to_string());
        self.change(key, UpdateKeyRequest { permissions: Some(scopes.clone()), ..Default::default() }).await?;
        let now = self.find(key, &call).await?.permissions;
        if scopes::same(now.as_deref(), Some(&scopes)) {
            return Ok(());
        }
        let reason = format!("the portal reported success, but the key may do {}", scopes::shown(now.as_deref()));
        Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise("check the key before you use it"))
    }

    /// Switches a key on or off.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): the key has expired.
    /// - [`NotFound`](ErrorKind::NotFound): the key does not exist, or the caller cannot see it.
    /// - [`NotDone`](ErrorKind::NotDone): the portal reported that it did not change the key.
    pub async fn set_active(&self, key: KeyId, on: bool) -> Result<()> {
        self.change(key, UpdateKeyRequest { is_active: Some(on), ..Default::default() }).await
    }

    /// Deletes a key. It stops working immediately.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): the key does not exist, or the caller cannot see it.
    /// - [`NotDone`](ErrorKind::NotDone): the portal reported that it did not delete the key.
    pub async fn delete(&self, key: KeyId) -> Result<()> {
        let call = Call::new("delete_key", key.0.to_string());
        self.find(key, &call).await?;
        let answer = self.portal.api().delete_key().key_id(key).send().await;
        accepted(call.response(answer, |envelope| envelope.response).await?, &call)
    }

    /// Creates a new key with the name, the scopes and the lifetime of an old key.
    ///
    /// The old key works until it is deleted, so that there is time to install the new one. The
    /// lifetime of the new key starts now.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): the old key does not exist, or the caller cannot see
    ///   it.
    /// - [`Invalid`](ErrorKind::Invalid): another person created the old key. The new key would act
    ///   as the caller.
    /// - [`NotDone`](ErrorKind::NotDone): the new key has other scopes than the old one, or only
    ///   one of them expires.
    pub async fn rotate(&self, key: KeyId) -> Result<ApiKey> {
        let call = Call::new("rotate_key", key.0.to_string());
        let old = self.find(key, &call).await?;
        if old.create_by.id != self.portal.my_id().await? {
            let reason =
                format!("{} created it, and a new key would act as you, not as them", old.create_by.display_name);
            return Err(Error::invalid(reason).of(&call).advise("let that person rotate it"));
        }
        let new = CreateKey::like(self.portal.clone(), &old).create().await?;
        let same_scopes = scopes::same(new.permissions.as_deref(), old.permissions.as_deref());
        if same_scopes && new.expires_at.is_some() == old.expires_at.is_some() {
            return Ok(new);
        }
        let reason = format!("the new key {} differs from the old one", new.id.0);
        Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise("compare both keys and delete the new one"))
    }

    /// Finds a key in the list, because a portal fails with 500 for a key that does not exist
    /// (docs/portal/keys-and-scopes.md#deleting-a-key).
    async fn find(&self, key: KeyId, call: &Call) -> Result<ApiKey> {
        let found = self.list().await?.into_iter().find(|candidate| candidate.id == key);
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, "there is no such key").of(call).advise("list the keys"))
    }

    async fn change(&self, key: KeyId, request: UpdateKeyRequest) -> Result<()> {
        let call = Call::new("update_key", key.0.to_string());
        let now = self.find(key, &call).await?;
        let answer = self.portal.api().update_key().key_id(key).body(request).send().await;
        let done = call.response(answer, |envelope| envelope.response).await?;
        // A portal does not change an expired key and answers `false`
        // (docs/portal/keys-and-scopes.md#changing-a-key).
        match now.expires_at.filter(|end| !done && end.to_utc() <= platform::now()) {
            Some(end) => {
                let reason = format!("the key expired on {}", end.date());
                Err(Error::invalid(reason).of(&call).advise("create a new one"))
            }
            None => accepted(done, &call),
        }
    }
}

/// A portal answers 200 with `false` if it did nothing.
fn accepted(done: bool, call: &Call) -> Result<()> {
    let not_done = || Error::new(ErrorKind::NotDone, "the portal reported that it did not do it").of(call);
    done.then_some(()).ok_or_else(not_done)
}
