//! The log of deliveries.

use std::sync::Arc;

use docspace_api::ClientWebhooksExt;
use docspace_api::types::{WebhookDelivery, WebhookId};
use futures::stream::TryStreamExt;

use super::{Trigger, check};
use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::optional::optional_settings;
use crate::support::pages::{self, PAGE, Page};

/// The outcomes other than an answer of 200 to 299: none yet or no answer, and the statuses from
/// 300 on (docs/portal/webhooks.md#filters).
const FAILED: i32 = 1 + 4 + 8 + 16;

/// The log of deliveries: set its filters, then read it. Returned by
/// [`Webhooks::log`](super::Webhooks::log).
#[derive(Clone)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListDeliveries {
    portal: Portal,
    webhook: Option<WebhookId>,
    event: Option<i32>,
    trigger: Option<Trigger>,
    failed: bool,
}

brief_debug!(ListDeliveries, |list| failed: list.failed);

optional_settings!(ListDeliveries);

impl ListDeliveries {
    pub(super) fn new(portal: Portal) -> Self {
        Self { portal, webhook: None, event: None, trigger: None, failed: false }
    }

    /// Lists only deliveries of this webhook.
    pub fn webhook(mut self, id: WebhookId) -> Self {
        self.webhook = Some(id);
        self
    }

    /// Lists only the delivery with this id, which is also the id of the event in the body.
    pub fn event(mut self, id: i32) -> Self {
        self.event = Some(id);
        self
    }

    /// Lists only deliveries of this event type.
    pub fn trigger(mut self, trigger: Trigger) -> Self {
        self.trigger = Some(trigger);
        self
    }

    /// Lists only deliveries that have not arrived: those that failed, and those that the portal
    /// has not sent yet.
    pub fn failed(mut self) -> Self {
        self.failed = true;
        self
    }

    /// The deliveries as a stream, newest first. The client reads a page when the previous page is
    /// used up.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): this version does not know the trigger. Nothing is
    ///   sent.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is a guest, or the key lacks
    ///   `*:read`.
    pub fn stream(self) -> BoxStream<'static, Result<WebhookDelivery>> {
        let list = Arc::new(self);
        let fetch = move |start| -> BoxFuture<'static, Result<Page<WebhookDelivery>>> {
            let list = Arc::clone(&list);
            Box::pin(async move { list.page(start).await })
        };
        pages::stream(fetch, |entry| entry.id)
    }

    /// Reads all of the deliveries, newest first.
    ///
    /// # Errors
    ///
    /// The same as for [`stream`](Self::stream).
    pub async fn all(self) -> Result<Vec<WebhookDelivery>> {
        self.stream().try_collect().await
    }

    async fn page(&self, start: i32) -> Result<Page<WebhookDelivery>> {
        let mut request = self.portal.api().list_webhook_deliveries().count(PAGE).start_index(start);
        if let Some(id) = self.webhook {
            request = request.config_id(id.0);
        }
        if let Some(id) = self.event {
            request = request.event_id(id);
        }
        if let Some(trigger) = &self.trigger {
            request = request.trigger(check::sum(std::slice::from_ref(trigger))?);
        }
        if self.failed {
            request = request.group_status(FAILED);
        }
        let call = Call::list_from("list_webhook_deliveries", start);
        let envelope = call.envelope(request.send().await).await?;
        Ok(Page { items: envelope.response.unwrap_or_default(), total: envelope.total })
    }
}
