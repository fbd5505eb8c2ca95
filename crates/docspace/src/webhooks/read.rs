//! Reading webhooks. A portal has no call that reads one of them.

use docspace_api::ClientWebhooksExt;
use docspace_api::types::{Webhook, WebhookId};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;

pub(super) async fn list(portal: &Portal) -> Result<Vec<Webhook>> {
    let call = Call::new("list_webhooks", "");
    let listed = call.envelope(portal.api().list_webhooks().send().await).await?.response;
    Ok(listed.unwrap_or_default().into_iter().map(|entry| entry.configs).collect())
}

/// Finds a webhook for a call.
pub(super) async fn find(portal: &Portal, id: WebhookId, call: &Call) -> Result<Webhook> {
    let found = list(portal).await?.into_iter().find(|webhook| webhook.id == id);
    found.ok_or_else(|| {
        let advice = "call `Webhooks::list`; only administrators see the webhooks of other people";
        Error::new(ErrorKind::NotFound, "there is no such webhook").of(call).advise(advice)
    })
}
