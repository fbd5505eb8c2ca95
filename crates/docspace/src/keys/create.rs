//! Making API keys.

use docspace_api::ClientKeysExt;
use docspace_api::types::{ApiKey, CreateKeyRequest};

use super::scopes;
use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::support::input;
use crate::support::lost_answer::is_lost;

/// The longest name of a key, and the longest life in days (portal-facts 2.2).
const LONGEST_NAME: usize = 30;
const LONGEST_LIFE: u32 = 365;

/// A key to be made. Made by [`Keys::create`](crate::keys::Keys::create).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let key = portal.keys().create("report").scopes(["rooms:read", "accounts:read"]).send().await?;
/// assert_eq!(key.permissions.unwrap_or_default(), ["rooms:read", "accounts:read"]);
/// assert!(key.expires_at.is_none(), "it works until it is deleted");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `send` is called"]
pub struct CreateKey {
    portal: Portal,
    request: CreateKeyRequest,
    days: Option<u32>,
}

impl CreateKey {
    pub(super) fn new(portal: Portal, name: String) -> Self {
        Self { portal, request: CreateKeyRequest::new(name), days: None }
    }

    /// A key of the name, the scopes and the length of life of another one.
    pub(super) fn like(portal: Portal, old: &ApiKey) -> Self {
        let life = old.expires_at.map(|end| (end.to_utc() - old.create_on.to_utc()).num_days());
        let days = life.map(|days| u32::try_from(days).unwrap_or(1).clamp(1, LONGEST_LIFE));
        let permissions = old.permissions.clone();
        Self { portal, request: CreateKeyRequest { permissions, ..CreateKeyRequest::new(&old.name) }, days }
    }

    /// Limits it to rooms and all that belongs to them: members, links, templates, tags, operations. It cannot look at
    /// people, at its owner's profile or at other keys (portal-facts 2.3).
    pub fn for_rooms(self) -> Self {
        self.scopes(scopes::FOR_ROOMS)
    }

    /// Limits it to these [scopes](crate::keys::Keys::SCOPES); without this, or with `*`, it may do all that its maker may.
    pub fn scopes<T: Into<String>>(mut self, scopes: impl IntoIterator<Item = T>) -> Self {
        self.request.permissions = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Lets it end after this many days, 1 to 365; it never ends otherwise.
    pub fn expires_in_days(mut self, days: u32) -> Self {
        self.days = Some(days);
        self
    }

    /// Creates the key. Only this answer contains the whole key.
    ///
    /// # Errors
    ///
    /// - `Invalid`: the name is blank or too long, the lifetime is too long, a scope does not
    ///   exist, or the list of scopes is empty, which a portal would take for no limit.
    /// - `Forbidden`: the caller is a guest.
    /// - `RateLimited`: keys were created too often.
    pub async fn send(mut self) -> Result<ApiKey> {
        self.request.permissions = self.request.permissions.map(scopes::check).transpose()?;
        if self.request.permissions.as_ref().is_some_and(Vec::is_empty) {
            let reason = "no scopes make a key that may do everything";
            return Err(Error::invalid(reason).advise("name scopes, or `*` if that is meant"));
        }
        self.make().await
    }

    /// Makes the key with scopes that a portal may know although this version does not.
    pub(super) async fn make(mut self) -> Result<ApiKey> {
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
        // The answer is the only place where the whole key appears, so a key whose answer was lost is useless.
        call.response(answer, |envelope| envelope.response).await.map_err(|error| match is_lost(&error) {
            true => error.advise(
                "the portal may have created a key of this name that nobody can use: delete it before trying again",
            ),
            false => error,
        })
    }
}

pub(super) fn key_name(name: &str) -> Result<String> {
    Ok(input::name("key", name, LONGEST_NAME)?.to_owned())
}
