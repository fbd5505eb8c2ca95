//! The argument that names a webhook.

use std::str::FromStr;

use docspace::Portal;
use docspace::webhooks::{Webhook, WebhookId};

use crate::failure::Failure;
use crate::names::only_named;
use crate::text::trimmed;

/// A webhook, given by name or id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WebhookName {
    Name(String),
    Id(WebhookId),
}

impl FromStr for WebhookName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = trimmed(text)?;
        match text.parse() {
            Ok(id) => Ok(Self::Id(WebhookId(id))),
            Err(_) if text.is_empty() => Err("the name of a webhook is empty".to_owned()),
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

impl WebhookName {
    /// Reads the webhook.
    pub(super) async fn find(&self, portal: &Portal) -> Result<Webhook, Failure> {
        let name = match self {
            Self::Id(id) => return Ok(portal.webhooks().get(*id).await?),
            Self::Name(name) => name,
        };
        let webhooks = portal.webhooks().list().await?;
        only_named(name, webhooks, |webhook| (webhook.id.0, &webhook.name), "webhook", super::LIST)
    }
}
