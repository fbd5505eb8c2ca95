//! Creating webhooks.

use docspace_api::types::{CreateWebhookRequest, UpdateWebhookRequest, Webhook};
use docspace_api::{ClientWebhooksExt, Secret};
use url::Url;

use super::{Trigger, check, edit, read};
use crate::brief::brief_debug;
use crate::error::{Call, Error, Result};
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

    /// Sends only events of these types. By default it sends all events.
    pub fn triggers(mut self, triggers: impl IntoIterator<Item = Trigger>) -> Self {
        self.triggers = triggers.into_iter().collect();
        self
    }

    /// Sends only events about the room, folder, file, person or people group with exactly this id.
    /// Events about files in a room are not events about the room.
    ///
    /// A portal does not check whether anything has this id. If nothing has it, the portal never
    /// sends anything.
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

    /// Checks the webhook that [`send`](Self::send) would create, as far as that is possible
    /// without the portal and the receiver. Sends nothing.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is blank or longer than 50 characters,
    ///   the address is not an http or https address, or is http with [`ssl`](Self::ssl), the list
    ///   of triggers is empty or contains an unknown one, or the [`target`](Self::target) is not an
    ///   id or none of the triggers is about it.
    pub fn check(&self) -> Result<()> {
        self.request().map(drop)
    }

    /// Returns the request and the parsed address, if all values are valid.
    fn request(&self) -> Result<(CreateWebhookRequest, Url)> {
        let (name, url) = (check::name(&self.name)?, check::address(&self.url)?);
        let (triggers, ssl) = (check::sum(&self.triggers)?, self.ssl.unwrap_or(url.scheme() == "https"));
        check::ssl(&url, ssl)?;
        let target_id = self.target.as_deref().map(check::target).transpose()?;
        check::target_fits(target_id.as_deref(), triggers)?;
        let request = CreateWebhookRequest {
            name: name.to_owned(),
            uri: self.url.clone(),
            secret_key: self.secret.clone(),
            enabled: Some(self.enabled),
            ssl: Some(ssl),
            triggers: Some(triggers),
            target_id,
        };
        Ok((request, url))
    }

    /// Names the webhook with the same name and address, if that is why the portal refused this
    /// one.
    async fn explain_duplicate(&self, error: Error) -> Error {
        if error.status() != Some(400) || !error.details().is_empty() {
            return error;
        }
        let name = self.name.trim();
        let listed = read::list(&self.portal).await.unwrap_or_default();
        match listed.iter().find(|other| other.name.trim() == name && other.uri == self.url) {
            Some(other) => {
                let reason = format!("the webhook {} has the same name and address", other.id.0);
                error.conflict(reason).advise("change that webhook with `Webhooks::edit`, or use another name")
            }
            None => error,
        }
    }

    /// Creates the webhook.
    ///
    /// The client first sends a `HEAD` request to the address, as the portal does, to name the rule
    /// that the receiver breaks. If this computer cannot reach the address, the portal decides.
    ///
    /// A portal ignores `enabled` and `ssl` in this call and stores both as true. If one of them
    /// must be false, as `ssl` for an `http` address, the client makes a second call to change it.
    /// (docs/portal/webhooks.md#the-create-trap)
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the same as for
    ///   [`check`](Self::check).
    /// - [`Invalid`](crate::ErrorKind::Invalid), before the portal is called: the receiver does not
    ///   answer `HEAD` with a status of 200 to 299.
    /// - [`Invalid`](crate::ErrorKind::Invalid), from the portal: it does not accept the secret (by
    ///   default 8 to 30 characters without spaces), or does not call the network of the address,
    ///   or cannot reach the address.
    /// - [`Conflict`](crate::ErrorKind::Conflict): another webhook has the same name and address.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a guest, or the key lacks
    ///   `*:write`.
    /// - [`NotDone`](crate::ErrorKind::NotDone): the webhook differs from the request afterwards.
    ///
    /// If the second call fails, the webhook exists, and the error has its id.
    pub async fn send(self) -> Result<Webhook> {
        let call = Call::new("create_webhook", format!("`{}`", self.name));
        let (body, url) = self.request()?;
        let ssl = body.ssl.unwrap_or_default();
        check::probe(&self.portal, &url).await?;
        let answer = self.portal.api().create_webhook().body(body).send().await;
        let made = match call.response(answer, |envelope| envelope.response).await {
            Ok(made) => made,
            Err(error) if is_lost(&error) => {
                let advice = "the portal may have created the webhook: list the webhooks before trying again";
                return Err(check::explain(error).advise(advice));
            }
            Err(error) => return Err(self.explain_duplicate(check::explain(error)).await),
        };
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
