//! API keys: create, list, change and delete them.
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

/// The API keys of a portal: administrators see all, others their own. Made by [`Portal::keys`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let key = portal.keys().create("nightly").for_rooms().expires_in_days(90).send().await?;
/// let secret = key.key; // put it away: only this answer holds all of it
///
/// let nightly = docspace::Portal::builder(portal.url().as_str()).api_key(secret).build()?;
/// assert_eq!(nightly.keys().current().await?.name, "nightly");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Keys<'p> {
    portal: &'p Portal,
}

impl Portal {
    /// The portal's API keys.
    pub fn keys(&self) -> Keys<'_> {
        Keys { portal: self }
    }
}

impl Keys<'_> {
    /// Every scope that a key can be limited to (portal-facts 2.2); `*` is no limit. [`scopes`](Self::scopes) asks the
    /// portal itself.
    pub const SCOPES: [&'static str; 11] = scopes::ALL;

    /// The keys, the newest first, each without its secret.
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key that is limited to some scopes.
    pub async fn list(&self) -> Result<Vec<ApiKey>> {
        let call = Call::new("list_keys", "");
        Ok(call.envelope(self.portal.api().list_keys().send().await).await?.response.unwrap_or_default())
    }

    /// The keys that the caller made, the newest first. Administrators see those of everybody otherwise.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn mine(&self) -> Result<Vec<ApiKey>> {
        let me = self.portal.my_id().await?;
        let mut keys = self.list().await?;
        keys.retain(|key| key.create_by.id == me);
        Ok(keys)
    }

    /// One key, without its secret.
    ///
    /// # Errors
    ///
    /// `NotFound` when the caller sees no such key; otherwise as for [`list`](Self::list).
    pub async fn get(&self, key: KeyId) -> Result<ApiKey> {
        self.find(key, &Call::new("get_key", key.0.to_string())).await
    }

    /// The key that this portal is used with. Every key may ask this, whatever its scopes.
    ///
    /// # Errors
    ///
    /// `Invalid` when the portal is used with a session rather than a key; a portal fails over that.
    pub async fn current(&self) -> Result<ApiKey> {
        let call = Call::new("get_self_key", "");
        if self.portal.token().is_some() {
            let reason = "the portal is used with a session, not with a key";
            return Err(Error::invalid(reason).of(&call).advise("ask with a key"));
        }
        call.response(self.portal.api().get_self_key().send().await, |envelope| envelope.response).await
    }

    /// The scopes that a key can be limited to.
    ///
    /// # Errors
    ///
    /// As for [`list`](Self::list).
    pub async fn scopes(&self) -> Result<Vec<String>> {
        let call = Call::new("list_key_permissions", "");
        let answer = self.portal.api().list_key_permissions().send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// Makes a key of this name: say what it may do, then `send`.
    pub fn create(&self, name: impl Into<String>) -> CreateKey {
        CreateKey::new(self.portal.clone(), name.into())
    }

    /// Renames a key.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long name; otherwise as for [`delete`](Self::delete).
    pub async fn rename(&self, key: KeyId, name: impl Into<String>) -> Result<()> {
        let name = create::key_name(&name.into())?;
        self.change(key, UpdateKeyRequest { name: Some(name), ..Default::default() }).await
    }

    /// Limits a key to these scopes, or widens it; `*` alone lets it do all that its maker may. It goes on with the same
    /// secret, so whoever has it has more or less from now on.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let key = portal.keys().create("nightly").send().await?;
    /// portal.keys().set_scopes(key.id, ["rooms:read"]).await?;
    /// let key = portal.keys().get(key.id).await?;
    /// assert_eq!(key.permissions.unwrap_or_default(), ["rooms:read"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `Invalid` for a scope that does not exist, and for none: a portal would leave the key as it is. `NotDone` when the
    /// key has other scopes afterwards. Otherwise as for [`delete`](Self::delete).
    pub async fn set_scopes<T: Into<String>>(&self, key: KeyId, scopes: impl IntoIterator<Item = T>) -> Result<()> {
        let scopes = scopes::check(scopes.into_iter().map(Into::into).collect())?;
        if scopes.is_empty() {
            let reason = "no scopes leave a key as it is";
            return Err(Error::invalid(reason).advise("name scopes, or `*` for all; switch the key off to forbid all"));
        }
        let call = Call::new("update_key", key.0.to_string());
        self.change(key, UpdateKeyRequest { permissions: Some(scopes.clone()), ..Default::default() }).await?;
        let now = self.find(key, &call).await?.permissions;
        if scopes::same(now.as_deref(), Some(&scopes)) {
            return Ok(());
        }
        let reason = format!("the portal answered, but the key may do {}", scopes::shown(now.as_deref()));
        Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise("look at the key before it is used"))
    }

    /// Switches a key on or off.
    ///
    /// # Errors
    ///
    /// As for [`delete`](Self::delete).
    pub async fn set_active(&self, key: KeyId, on: bool) -> Result<()> {
        self.change(key, UpdateKeyRequest { is_active: Some(on), ..Default::default() }).await
    }

    /// Deletes a key. It stops working at once.
    ///
    /// # Errors
    ///
    /// `NotFound` when the caller has no such key, `NotDone` when the portal did not do it.
    pub async fn delete(&self, key: KeyId) -> Result<()> {
        let call = Call::new("delete_key", key.0.to_string());
        self.find(key, &call).await?;
        let answer = self.portal.api().delete_key().key_id(key).send().await;
        accepted(call.response(answer, |envelope| envelope.response).await?, &call)
    }

    /// Makes a new key with the name and the scopes of an old one, for as many days as that was made for. The old one goes
    /// on working until it is deleted, so that the new one can be put in place first.
    ///
    /// # Errors
    ///
    /// `NotFound` when the caller sees no such key. `Invalid` for a key that somebody else made: the new one would act as
    /// the caller. `NotDone` when the new one may do something else than the old one, or ends when that did not.
    pub async fn rotate(&self, key: KeyId) -> Result<ApiKey> {
        let call = Call::new("rotate_key", key.0.to_string());
        let old = self.find(key, &call).await?;
        if old.create_by.id != self.portal.my_id().await? {
            let reason =
                format!("{} made it, and only a key made by the same person acts alike", old.create_by.display_name);
            return Err(Error::invalid(reason).of(&call).advise("let that person rotate it"));
        }
        let new = CreateKey::like(self.portal.clone(), &old).make().await?;
        let same_scopes = scopes::same(new.permissions.as_deref(), old.permissions.as_deref());
        if same_scopes && new.expires_at.is_some() == old.expires_at.is_some() {
            return Ok(new);
        }
        let reason = format!("the new key {} is not like the old one", new.id.0);
        Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise("look at both and delete the new one"))
    }

    /// A portal fails with a 500 over a key that does not exist (portal-facts 2.2), so the list is asked first.
    async fn find(&self, key: KeyId, call: &Call) -> Result<ApiKey> {
        let found = self.list().await?.into_iter().find(|candidate| candidate.id == key);
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, "you have no such key").of(call).advise("list the keys"))
    }

    async fn change(&self, key: KeyId, request: UpdateKeyRequest) -> Result<()> {
        let call = Call::new("update_key", key.0.to_string());
        let now = self.find(key, &call).await?;
        let answer = self.portal.api().update_key().key_id(key).body(request).send().await;
        let done = call.response(answer, |envelope| envelope.response).await?;
        // A portal leaves an expired key as it is and answers `false` (portal-facts 2.2).
        match now.expires_at.filter(|end| !done && end.to_utc() <= platform::now()) {
            Some(end) => {
                let reason = format!("the key expired on {}", end.date());
                Err(Error::invalid(reason).of(&call).advise("make a new one"))
            }
            None => accepted(done, &call),
        }
    }
}

/// A portal answers 200 and `false` where it did nothing.
fn accepted(done: bool, call: &Call) -> Result<()> {
    let refused = || Error::new(ErrorKind::NotDone, "the portal answered that it did not").of(call);
    done.then_some(()).ok_or_else(refused)
}
