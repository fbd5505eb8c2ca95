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
    name: Option<String>,
    url: Option<String>,
    secret: Option<Secret>,
    triggers: Option<Vec<Trigger>>,
    target: Option<Option<String>>,
    enabled: Option<bool>,
    ssl: Option<bool>,
}

brief_debug!(EditWebhook, |edit| id: edit.id.0);

optional_settings!(EditWebhook);

impl EditWebhook {
    pub(super) fn new(portal: Portal, id: WebhookId) -> Self {
        let (name, url, secret, triggers, target, enabled, ssl) = (None, None, None, None, None, None, None);
        Self { portal, id, name, url, secret, triggers, target, enabled, ssl }
    }

    /// Renames it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sends to this address from now on.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Signs with this secret from the next delivery on. Let the receiver accept both secrets
    /// first, with `Receiver::or_secret`.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sends only these kinds of events.
    pub fn triggers(mut self, triggers: impl IntoIterator<Item = Trigger>) -> Self {
        self.triggers = Some(triggers.into_iter().collect());
        self
    }

    /// Sends only events about the entry with this id.
    pub fn target(mut self, id: impl ToString) -> Self {
        self.target = Some(Some(id.to_string()));
        self
    }

    /// Sends events about all entries.
    pub fn no_target(mut self) -> Self {
        self.target = Some(None);
        self
    }

    /// Whether the portal sends events. [`Webhooks::set_enabled`](super::Webhooks::set_enabled)
    /// changes only this.
    pub fn enabled(mut self, on: bool) -> Self {
        self.enabled = Some(on);
        self
    }

    /// Whether the portal requires https and checks the certificate.
    pub fn ssl(mut self, on: bool) -> Self {
        self.ssl = Some(on);
        self
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
        let triggers = self.triggers.as_deref().map(check::sum).transpose()?;
        let name = self.name.as_deref().map(check::name).transpose()?;
        let mut wanted = everything(read::find(&self.portal, self.id, &call).await?);
        if let Some(name) = name {
            name.clone_into(&mut wanted.name);
        }
        if let Some(url) = self.url {
            wanted.uri = url;
        }
        if let Some(target) = self.target {
            wanted.target_id = target;
        }
        wanted.secret_key = self.secret;
        wanted.triggers = triggers.or(wanted.triggers);
        wanted.enabled = self.enabled.or(wanted.enabled);
        wanted.ssl = self.ssl.or(wanted.ssl);
        let url = check::address(&wanted.uri)?;
        check::ssl(&url, wanted.ssl == Some(true))?;
        check::probe(&self.portal, &url).await?;
        put(&self.portal, wanted, &call).await
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
    let now = call.response(answer, |envelope| envelope.response).await.map_err(|error| check::explain(error, call))?;
    let stored = everything(now.clone());
    // The secret is never in an answer.
    if stored == (UpdateWebhookRequest { secret_key: None, ..wanted }) {
        return Ok(now);
    }
    let reason = "the portal reported success, but stored other settings";
    Err(Error::new(ErrorKind::NotDone, reason).of(call).advise("read the webhook to see them"))
}
