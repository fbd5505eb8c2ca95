//! Creating webhooks.

use docspace_api::types::{CreateWebhookRequest, UpdateWebhookRequest, Webhook};
use docspace_api::{ClientWebhooksExt, Secret};

use super::{Trigger, check, edit};
use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::portal::Portal;
use crate::support::lost_answer::is_lost;
use crate::support::optional::optional_settings;

/// A webhook to create. Returned by [`Webhooks::create`](super::Webhooks::create).
#[derive(Clone)]
#[must_use = "nothing is created before `send` is called"]
pub struct CreateWebhook {
    portal: Portal,
    name: String,
    url: String,
    secret: Secret,
    triggers: Vec<Trigger>,
    target: Option<String>,
    enabled: bool,
    ssl: Option<bool>,
}

brief_debug!(CreateWebhook, |create| name: create.name, url: create.url);

optional_settings!(CreateWebhook);

impl CreateWebhook {
    pub(super) fn new(portal: Portal, name: String, url: String, secret: Secret) -> Self {
        let triggers = vec![Trigger::All];
        Self { portal, name, url, secret, triggers, target: None, enabled: true, ssl: None }
    }

    /// Sends only these kinds of events. By default it sends all.
    pub fn triggers(mut self, triggers: impl IntoIterator<Item = Trigger>) -> Self {
        self.triggers = triggers.into_iter().collect();
        self
    }

    /// Sends only events about the entry with exactly this id: a room, folder, file, person or
    /// group. Events about files in a room are not events about the room.
    ///
    /// A portal does not check whether there is such an entry. If there is none, it never sends
    /// anything.
    pub fn target(mut self, id: impl ToString) -> Self {
        self.target = Some(id.to_string());
        self
    }

    /// Whether the portal sends events. True by default.
    pub fn enabled(mut self, on: bool) -> Self {
        self.enabled = on;
        self
    }

    /// Whether the portal requires https and checks the certificate. By default it does for
    /// addresses that begin with `https`.
    pub fn ssl(mut self, on: bool) -> Self {
        self.ssl = Some(on);
        self
    }

    /// Creates the webhook.
    ///
    /// The client first sends a `HEAD` request to the address, as the portal does, to name the rule
    /// that the receiver breaks. If this computer cannot reach the address, the portal decides.
    ///
    /// A portal stores every new webhook as enabled and with `ssl`, whatever the request says. So
    /// if one of them is to be off, as for every `http` address, a second call changes it.
    /// (docs/portal/webhooks.md#the-create-trap)
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is blank or longer than 50 characters,
    ///   the address is not an http or https address, or is http with [`ssl`](Self::ssl), the list
    ///   of triggers is empty or contains an unknown one, the [`target`](Self::target) is not an id
    ///   or none of the triggers is about it, or the receiver does not answer `HEAD` with 200 to
    ///   299. Then nothing is sent to the portal. Or the portal does not accept the
    ///   secret: by default it wants 8 to 30 characters without spaces. Or the address leads to a
    ///   network that the portal does not call, or the portal cannot reach it.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a guest, or the key lacks
    ///   `*:write`.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the webhook differs from the request afterwards.
    ///
    /// If the second call fails, the webhook exists, and the error has its id.
    pub async fn send(self) -> Result<Webhook> {
        let call = Call::new("create_webhook", format!("`{}`", self.name));
        let (name, url) = (check::name(&self.name)?, check::address(&self.url)?);
        let (triggers, ssl) = (check::sum(&self.triggers)?, self.ssl.unwrap_or(url.scheme() == "https"));
        check::ssl(&url, ssl)?;
        let target_id = self.target.as_deref().map(check::target).transpose()?;
        check::target_fits(target_id.as_deref(), triggers)?;
        check::probe(&self.portal, &url).await?;
        let body = CreateWebhookRequest {
            name: name.to_owned(),
            uri: self.url.clone(),
            secret_key: self.secret.clone(),
            enabled: Some(self.enabled),
            ssl: Some(ssl),
            triggers: Some(triggers),
            target_id,
        };
        let answer = self.portal.api().create_webhook().body(body).send().await;
        let made = call.response(answer, |envelope| envelope.response).await.map_err(|error| {
            let error = check::explain(error, &call);
            match is_lost(&error) {
                true => error.advise("the portal may have created the webhook: list the webhooks before trying again"),
                false => error,
            }
        })?;
        if (made.enabled, made.ssl) == (self.enabled, ssl) {
            return Ok(made);
        }
        let wanted =
            UpdateWebhookRequest { enabled: Some(self.enabled), ssl: Some(ssl), ..edit::everything(made.clone()) };
        edit::put(&self.portal, wanted, &call).await.map_err(|error| {
            let left = format!("the webhook {} exists, but is not as requested: edit or delete it", made.id.0);
            let advice = match error.advice() {
                "" => left,
                advice => format!("{advice}; {left}"),
            };
            error.advise(advice)
        })
    }
}
