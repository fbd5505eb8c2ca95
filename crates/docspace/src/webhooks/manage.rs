//! The webhooks of a portal: list, create, change and delete them, and send deliveries again.

use docspace_api::types::{
    RetryWebhookDeliveriesRequest, UpdateWebhookRequest, Webhook, WebhookDelivery, WebhookId, WebhookTrigger,
};
use docspace_api::{ClientWebhooksExt, Secret};

use super::{CreateWebhook, EditWebhook, ListDeliveries, check, edit, read};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;

/// The webhooks of a portal. Returned by [`Portal::webhooks`].
///
/// Administrators see and change all webhooks, other people their own. A key needs `*:read` to read
/// and `*:write` to change them. (docs/portal/webhooks.md#who-may-do-what)
#[derive(Clone, Debug)]
pub struct Webhooks {
    pub(crate) portal: Portal,
}

impl Webhooks {
    /// Lists the webhooks, oldest first.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is a guest, or the key lacks `*:read`.
    pub async fn list(&self) -> Result<Vec<Webhook>> {
        read::list(&self.portal).await
    }

    /// Reads one webhook.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): there is no such webhook, or the caller cannot see it.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is a guest, or the key lacks `*:read`.
    pub async fn get(&self, id: WebhookId) -> Result<Webhook> {
        read::find(&self.portal, id, &Call::new("get_webhook", id.0.to_string())).await
    }

    /// Creates a webhook with this name, address and secret for signatures. Set its triggers, then
    /// call `send`.
    ///
    /// The portal sends events of everything that the caller may read at that moment.
    pub fn create(&self, name: impl Into<String>, url: impl Into<String>, secret: impl Into<Secret>) -> CreateWebhook {
        CreateWebhook::new(self.portal.clone(), name.into(), url.into(), secret.into())
    }

    /// Changes a webhook. Set what is to change, then call `send`.
    pub fn edit(&self, id: WebhookId) -> EditWebhook {
        EditWebhook::new(self.portal.clone(), id)
    }

    /// Switches a webhook on or off, and returns it.
    ///
    /// A portal switches a webhook off itself when deliveries have failed for more than three days.
    /// What happens while it is off is not sent later.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): there is no such webhook.
    /// - [`Invalid`](ErrorKind::Invalid): it is to be switched on, and the receiver does not answer
    ///   `HEAD` with a status of 200 to 299.
    /// - [`Invalid`](ErrorKind::Invalid): it has an http address and requires https. Change `ssl`
    ///   with [`edit`](Self::edit).
    /// - [`Forbidden`](ErrorKind::Forbidden): another person created the webhook, and the caller is
    ///   not an administrator. Or the key lacks `*:write`.
    /// - [`NotDone`](ErrorKind::NotDone): the portal did not switch it.
    pub async fn set_enabled(&self, id: WebhookId, on: bool) -> Result<Webhook> {
        let call = Call::new("enable_webhook", id.0.to_string());
        // The portal ignores the name and the address.
        let body = UpdateWebhookRequest { enabled: Some(on), ..edit::unchanged(id) };
        let answer = self.portal.api().enable_webhook().body(body).send().await;
        let now = call.response(answer, |envelope| envelope.response).await;
        let now = now.map_err(check::explain)?;
        if now.enabled == on {
            return Ok(now);
        }
        let reason = "the portal reported success, but did not switch the webhook";
        Err(Error::new(ErrorKind::NotDone, reason).of(&call))
    }

    /// Deletes a webhook and its deliveries in the log. Returns the webhook as it was.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): there is no such webhook.
    /// - [`Forbidden`](ErrorKind::Forbidden): another person created the webhook, and the caller is
    ///   not an administrator. Or the key lacks `*:write`.
    pub async fn delete(&self, id: WebhookId) -> Result<Webhook> {
        let call = Call::new("delete_webhook", id.0.to_string());
        let answer = self.portal.api().delete_webhook().id(id).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Lists all event types, and whether the caller may use them.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](ErrorKind::Forbidden): the key lacks `*:read`.
    pub async fn triggers(&self) -> Result<Vec<WebhookTrigger>> {
        let call = Call::new("list_webhook_triggers", "");
        let answer = self.portal.api().list_webhook_triggers().send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// The log of deliveries. Set its filters, then call `stream` or `all`.
    pub fn log(&self) -> ListDeliveries {
        ListDeliveries::new(self.portal.clone())
    }

    /// Sends a delivery from the log again, whether it had arrived or not, and returns the new
    /// delivery.
    ///
    /// The new delivery has another event id, so a receiver that drops repeats should compare
    /// `Delivery::repeat_key`. A portal allows five of these calls within 15 minutes;
    /// [`retry_all`](Self::retry_all) counts as one.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](ErrorKind::NotFound): the log has no such delivery.
    /// - [`Forbidden`](ErrorKind::Forbidden): another person created the webhook, and the caller is
    ///   not an administrator. Or the key lacks `*:write`.
    /// - [`RateLimited`](ErrorKind::RateLimited): too many calls of this kind.
    pub async fn retry(&self, delivery: i32) -> Result<WebhookDelivery> {
        let call = Call::new("retry_webhook_delivery", delivery.to_string());
        let answer = self.portal.api().retry_webhook_delivery().id(delivery).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Sends deliveries from the log again, and returns the new deliveries.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): the list is empty.
    /// - [`NotDone`](ErrorKind::NotDone): the portal skipped some, because the log does not have
    ///   them or the caller may not see them. The portal does not report which ones. The others
    ///   were sent.
    /// - [`RateLimited`](ErrorKind::RateLimited): too many calls of this kind.
    pub async fn retry_all(&self, deliveries: impl IntoIterator<Item = i32>) -> Result<Vec<WebhookDelivery>> {
        let ids: Vec<i32> = deliveries.into_iter().collect();
        if ids.is_empty() {
            return Err(
                Error::invalid("the list of deliveries is empty").advise("pass ids from the log: `Webhooks::log`")
            );
        }
        let asked = ids.len();
        let call = Call::new("retry_webhook_deliveries", "");
        let body = RetryWebhookDeliveriesRequest { ids };
        let answer = self.portal.api().retry_webhook_deliveries().body(body).send().await;
        let sent = call.envelope(answer).await?.response.unwrap_or_default();
        if sent.len() == asked {
            return Ok(sent);
        }
        let reason = format!("the portal sent only {} of {asked} deliveries again", sent.len());
        let advice = "compare the ids with the log: `Webhooks::log`";
        Err(Error::new(ErrorKind::NotDone, reason).of(&call).advise(advice))
    }
}
