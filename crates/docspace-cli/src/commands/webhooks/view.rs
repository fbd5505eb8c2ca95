//! `docspace webhooks view`.

use clap::Args;

use super::webhook_name::WebhookName;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::WebhookRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace webhooks view crm
  docspace webhooks view 12 --json lastFailure,failure";

/// The arguments of `docspace webhooks view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// Name or id of the webhook (see `docspace webhooks list`)
    webhook: WebhookName,
}

impl PortalCommand for ViewArgs {
    type Record = WebhookRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<WebhookRecord>, Failure> {
        Ok(Records::Card(WebhookRecord(self.webhook.find(&session.portal).await?)).into())
    }
}
