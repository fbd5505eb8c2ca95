//! `docspace webhooks log`.

use clap::Args;
use docspace::webhooks::{ListDeliveries, Trigger, WebhookDelivery};
use futures::TryStreamExt;
use futures::future::ready;

use super::trigger::trigger_or_all;
use super::webhook_name::WebhookName;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::{DeliveryRecord, DeliveryState};
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace webhooks log crm --failed
  docspace webhooks log --state waiting --state refused
  docspace webhooks log --trigger room.created --limit 5
  docspace webhooks log crm --json id,body --jq '.[0].body'

A delivery is waiting until the portal has sent it, and while the portal tries again. It is refused
if the receiver answered the last attempt with a status other than 200 to 299, and unanswered if the
receiver did not answer. A delivery that was lost because the server of the portal stopped also
stays waiting.";

/// The arguments of `docspace webhooks log`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LogArgs {
    /// Name or id of the webhook (default: all webhooks)
    webhook: Option<WebhookName>,
    /// List only deliveries in this state; repeat the flag for several states
    #[arg(long = "state", value_name = "STATE", value_enum)]
    states: Vec<DeliveryState>,
    /// List only deliveries that failed: the same as --state refused --state unanswered
    #[arg(long, conflicts_with = "states")]
    failed: bool,
    /// List only events of this type
    #[arg(long, value_name = "TRIGGER", value_parser = trigger_or_all(), ignore_case = true)]
    #[arg(hide_possible_values = true)]
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
        let states = match self.failed {
            true => vec![DeliveryState::Refused, DeliveryState::Unanswered],
            false => self.states,
        };
        if !states.is_empty() && !states.contains(&DeliveryState::Delivered) {
            list = list.failed();
        }
        let is_wanted =
            move |delivery: &WebhookDelivery| states.is_empty() || states.contains(&DeliveryState::of(delivery));
        let trigger = self.trigger.filter(|trigger| *trigger != Trigger::All);
        list = list.with_option(trigger, ListDeliveries::trigger);
        let found = list.stream().try_filter(move |delivery| ready(is_wanted(delivery)));
        let deliveries = Listing::new("deliveries", found.map_ok(DeliveryRecord), session.terminal);
        Ok(Records::Streamed(deliveries.limit(self.limit)).into())
    }
}
