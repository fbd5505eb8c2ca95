//! API keys.

use docspace_api::ClientKeysExt;
use docspace_api::types::{ApiKey, CreateKeyRequest, KeyId, UpdateKeyRequest};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;

/// The longest name of a key, and the longest life in days (portal-facts 2.2).
const LONGEST_NAME: usize = 30;
const LONGEST_LIFE: u32 = 365;

/// The API keys of a portal: administrators see all, others their own. Made by [`Portal::keys`].
///
/// ```no_run
/// # async fn example(portal: docspace::Portal) -> docspace::Result<()> {
/// let key = portal.keys().create("nightly").scopes(["rooms:write", "files:write"]).expires_in_days(90).send().await?;
/// store(key.key.expose()); // the only time that the portal tells the whole key
/// # Ok(())
/// # }
/// # fn store(_: &str) {}
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
    /// The keys, the newest first, each without its secret.
    ///
    /// # Errors
    ///
    /// `Forbidden` for a key that is limited to some scopes.
    pub async fn list(&self) -> Result<Vec<ApiKey>> {
        let call = Call::new("list_keys", "");
        Ok(call.envelope(self.portal.api().list_keys().send().await).await?.response.unwrap_or_default())
    }

    /// The key that this portal is used with. Every key may ask this, whatever its scopes.
    ///
    /// # Errors
    ///
    /// `Server` when the portal is used with a token rather than a key.
    pub async fn current(&self) -> Result<ApiKey> {
        let call = Call::new("get_self_key", "");
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
        let request = CreateKeyRequest { name: name.into(), permissions: None, expires_in_days: None };
        CreateKey { portal: self.portal.clone(), request, days: None }
    }

    /// Renames a key.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long name; otherwise as for [`delete`](Self::delete).
    pub async fn rename(&self, key: KeyId, name: impl Into<String>) -> Result<()> {
        let name = key_name(&name.into())?;
        self.change(key, UpdateKeyRequest { name: Some(name), ..Default::default() }).await
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
    /// `NotFound` when the caller has no such key, `Operation` when the portal did not do it.
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
    /// `NotFound` when the caller has no such key.
    pub async fn rotate(&self, key: KeyId) -> Result<ApiKey> {
        let old = self.find(key, &Call::new("rotate_key", key.0.to_string())).await?;
        let mut new = self.create(old.name).scopes(old.permissions.unwrap_or_default());
        if let Some(end) = old.expires_at {
            let days = (end.to_utc() - old.create_on.to_utc()).num_days();
            new = new.expires_in_days(u32::try_from(days).unwrap_or(1).clamp(1, LONGEST_LIFE));
        }
        new.send().await
    }

    /// A portal fails with a 500 over a key that does not exist (portal-facts 2.2), so the list is asked first.
    async fn find(&self, key: KeyId, call: &Call) -> Result<ApiKey> {
        let found = self.list().await?.into_iter().find(|candidate| candidate.id == key);
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, "you have no such key").of(call).advise("list the keys"))
    }

    async fn change(&self, key: KeyId, request: UpdateKeyRequest) -> Result<()> {
        let call = Call::new("update_key", key.0.to_string());
        self.find(key, &call).await?;
        let answer = self.portal.api().update_key().key_id(key).body(request).send().await;
        accepted(call.response(answer, |envelope| envelope.response).await?, &call)
    }
}

/// A portal answers 200 and `false` where it did nothing.
fn accepted(done: bool, call: &Call) -> Result<()> {
    let refused = || Error::new(ErrorKind::Operation, "the portal answered that it did not").of(call);
    done.then_some(()).ok_or_else(refused)
}

fn key_name(name: &str) -> Result<String> {
    let name = name.trim();
    match name.encode_utf16().count() {
        0 => Err(Error::invalid("the name of the key is empty").advise("give it a name")),
        length if length > LONGEST_NAME => Err(Error::invalid(format!(
            "the name of the key has {length} characters; at most {LONGEST_NAME} are allowed"
        ))),
        _ => Ok(name.to_owned()),
    }
}

/// A key to be made. Made by [`Keys::create`].
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreateKey {
    portal: Portal,
    request: CreateKeyRequest,
    days: Option<u32>,
}

impl CreateKey {
    /// Limits what it may do; without this, or with none, it may do all that its maker may. A key for rooms and all that
    /// belongs to them needs `rooms:write` and `files:write`.
    pub fn scopes<T: Into<String>>(mut self, scopes: impl IntoIterator<Item = T>) -> Self {
        self.request.permissions = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Lets it end after this many days, 1 to 365; it never ends otherwise.
    pub fn expires_in_days(mut self, days: u32) -> Self {
        self.days = Some(days);
        self
    }

    /// Makes the key. Only this answer holds all of it.
    ///
    /// # Errors
    ///
    /// `Invalid` for a blank or too long name, a life that is too long and a scope that does not exist; `Forbidden` for
    /// guests; `RateLimited` when it is done often.
    pub async fn send(mut self) -> Result<ApiKey> {
        self.request.name = key_name(&self.request.name)?;
        if let Some(days) = self.days {
            if !(1..=LONGEST_LIFE).contains(&days) {
                let what = format!("a key cannot end after {days} days");
                return Err(Error::invalid(what).advise(format!("use 1 to {LONGEST_LIFE}")));
            }
            self.request.expires_in_days = i32::try_from(days).ok();
        }
        let call = Call::new("create_key", format!("`{}`", self.request.name));
        let answer = self.portal.api().create_key().body(self.request).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}
