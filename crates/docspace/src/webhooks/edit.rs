//! Changing webhooks. A portal replaces everything that is not sent, so the client reads first.

use docspace_api::types::{UpdateWebhookRequest, Webhook, WebhookId};
use docspace_api::{ClientWebhooksExt, Secret};

use super::{Trigger, check, read};
use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::optional::optional_settings;

/// Changes a webhook. Settings that are not set keep their values. Returned by
/// [`Webhooks::edit`](super::Webhooks::edit).
#[derive(Clone)]
#[must_use = "nothing is changed before `send` is called"]
pub struct EditWebhook {
    portal: Portal,
    id: WebhookId,
    changes: Vec<Change>,
}

/// A change of one setting. The last change of a setting counts.
#[derive(Clone)]
enum Change {
    Name(String),
    Url(String),
    Secret(Secret),
    Triggers(Vec<Trigger>),
    Target(Option<String>),
    Enabled(bool),
    Ssl(bool),
}

impl Change {
    /// Makes the change in a request, if its value is valid.
    fn make(&self, wanted: &mut UpdateWebhookRequest) -> Result<()> {
        match self {
            Self::Name(name) => wanted.name = check::name(name)?.to_owned(),
            Self::Url(url) => {
                check::address(url)?;
                wanted.uri.clone_from(url);
            }
            Self::Secret(secret) => wanted.secret_key = Some(secret.clone()),
            Self::Triggers(triggers) => wanted.triggers = Some(check::sum(triggers)?),
            Self::Target(id) => wanted.target_id = id.as_deref().map(check::target).transpose()?,
            Self::Enabled(on) => wanted.enabled = Some(*on),
            Self::Ssl(on) => wanted.ssl = Some(*on),
        }
        Ok(())
    }
}

brief_debug!(EditWebhook, |edit| id: edit.id.0);

optional_settings!(EditWebhook);

impl EditWebhook {
    pub(super) fn new(portal: Portal, id: WebhookId) -> Self {
        Self { portal, id, changes: Vec::new() }
    }

    /// Checks the changes that [`send`](Self::send) would make, as far as that is possible without
    /// the portal. Sends nothing.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): a value is not valid, as for
    ///   [`CreateWebhook::check`](super::CreateWebhook::check).
    pub fn check(&self) -> Result<()> {
        self.checked().map(drop)
    }

    fn checked(&self) -> Result<UpdateWebhookRequest> {
        let mut changes = unchanged(self.id);
        self.changes.iter().try_for_each(|change| change.make(&mut changes))?;
        Ok(changes)
    }

    fn with(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }

    /// Renames the webhook.
    pub fn name(self, name: impl Into<String>) -> Self {
        self.with(Change::Name(name.into()))
    }

    /// Changes the address to which events are sent.
    pub fn url(self, url: impl Into<String>) -> Self {
        self.with(Change::Url(url.into()))
    }

    /// Replaces the secret, from the next delivery on. Let the receiver accept both secrets first,
    /// with `Receiver::or_secret`.
    pub fn secret(self, secret: impl Into<Secret>) -> Self {
        self.with(Change::Secret(secret.into()))
    }

    /// Sends only events of these types.
    pub fn triggers(self, triggers: impl IntoIterator<Item = Trigger>) -> Self {
        self.with(Change::Triggers(triggers.into_iter().collect()))
    }

    /// Sends only events about the room, folder, file, person or people group with this id.
    pub fn target(self, id: impl ToString) -> Self {
        self.with(Change::Target(Some(id.to_string())))
    }

    /// Sends events about everything again.
    pub fn no_target(self) -> Self {
        self.with(Change::Target(None))
    }

    /// Whether the portal sends events. [`Webhooks::set_enabled`](super::Webhooks::set_enabled)
    /// changes only this.
    pub fn enabled(self, on: bool) -> Self {
        self.with(Change::Enabled(on))
    }

    /// Whether the portal requires https and checks the certificate.
    pub fn ssl(self, on: bool) -> Self {
        self.with(Change::Ssl(on))
    }

    /// Changes the webhook.
    ///
    /// The client reads the webhook and sends all of it back with the changes, because a portal
    /// resets everything that is not sent, except the secret. The portal sends a `HEAD` request to
    /// the address before the change. (docs/portal/webhooks.md#changing-a-webhook)
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): there is no such webhook, or the caller cannot see it.
    /// - [`Invalid`](ErrorKind::Invalid): the same as for
    ///   [`CreateWebhook::send`](super::CreateWebhook::send).
    /// - [`Forbidden`](ErrorKind::Forbidden): another person created the webhook, and the caller is
    ///   not an administrator. Or the key lacks `*:write`.
    /// - [`NotDone`](ErrorKind::NotDone): the webhook differs from the request afterwards.
    pub async fn send(self) -> Result<Webhook> {
        let call = Call::new("update_webhook", self.id.0.to_string());
        // The values are checked before anything is sent, and set when the webhook is known.
        let unchanged = self.checked()?;
        let mut wanted = everything(read::find(&self.portal, self.id, &call).await?);
        self.changes.iter().try_for_each(|change| change.make(&mut wanted))?;
        if unchanged.target_id.is_some() || unchanged.triggers.is_some() {
            check::target_fits(wanted.target_id.as_deref(), wanted.triggers.unwrap_or_default())?;
        }
        let url = check::address(&wanted.uri)?;
        check::ssl(&url, wanted.ssl == Some(true))?;
        check::probe(&self.portal, &url).await?;
        put(&self.portal, wanted, &call).await
    }
}

/// A request in which only the id is set. The portal requires a name and an address.
pub(super) fn unchanged(id: WebhookId) -> UpdateWebhookRequest {
    UpdateWebhookRequest {
        id,
        name: "unchanged".to_owned(),
        uri: "unchanged".to_owned(),
        secret_key: None,
        enabled: None,
        ssl: None,
        triggers: None,
        target_id: None,
    }
}

/// A request that changes nothing.
pub(super) fn everything(webhook: Webhook) -> UpdateWebhookRequest {
    UpdateWebhookRequest {
        id: webhook.id,
        name: webhook.name,
        uri: webhook.uri,
        secret_key: None,
        enabled: Some(webhook.enabled),
        ssl: Some(webhook.ssl),
        triggers: Some(webhook.triggers),
        target_id: webhook.target_id,
    }
}

/// Sends a whole webhook, and checks that the portal stored it.
pub(super) async fn put(portal: &Portal, wanted: UpdateWebhookRequest, call: &Call) -> Result<Webhook> {
    let answer = portal.api().update_webhook().body(wanted.clone()).send().await;
    let now = call.response(answer, |envelope| envelope.response).await.map_err(check::explain)?;
    let stored = everything(now.clone());
    // The secret is never in an answer.
    if stored == (UpdateWebhookRequest { secret_key: None, ..wanted }) {
        return Ok(now);
    }
    let reason = "the portal reported success, but stored other settings";
    Err(Error::new(ErrorKind::NotDone, reason).of(call).advise("read the webhook to see them"))
}
