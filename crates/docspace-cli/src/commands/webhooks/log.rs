//! `docspace webhooks log`.

use clap::Args;
use docspace::webhooks::{ListDeliveries, Trigger};
use futures::TryStreamExt;

use super::trigger::trigger;
use super::webhook_name::WebhookName;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::DeliveryRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace webhooks log crm --failed
  docspace webhooks log --trigger room.created --limit 5
  docspace webhooks log crm --json id,body --jq '.[0].body'";

/// The arguments of `docspace webhooks log`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LogArgs {
    /// Name or id of the webhook (default: all webhooks)
    webhook: Option<WebhookName>,
    /// List only deliveries that did not arrive: those that failed or were not sent yet
    #[arg(long)]
    failed: bool,
    /// List only this kind of event
    #[arg(long, value_name = "TRIGGER", value_parser = trigger(), ignore_case = true, hide_possible_values = true)]
    trigger: Option<Trigger>,
    /// List at most this many deliveries (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for LogArgs {
    type Record = DeliveryRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<DeliveryRecord>, Failure> {
        let mut list = session.portal.webhooks().log();
        if let Some(webhook) = self.webhook {
            list = list.webhook(webhook.find(&session.portal).await?.id);
        }
        if self.failed {
            list = list.failed();
        }
        list = list.with_option(self.trigger, ListDeliveries::trigger);
        let deliveries = Listing::new("deliveries", list.stream().map_ok(DeliveryRecord), session.terminal);
        Ok(Records::Streamed(deliveries.limit(self.limit)).into())
    }
}
