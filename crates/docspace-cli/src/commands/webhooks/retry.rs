//! `docspace webhooks retry`.

use clap::Args;

use crate::args::DryRunArgs;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::DeliveryRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace webhooks retry 366
  docspace webhooks log crm --failed --json id --jq '.[].id' | xargs docspace webhooks retry

The receiver gets the same event with another id. A portal allows five such calls within 15 minutes,
and one call sends any number of deliveries.";

/// The arguments of `docspace webhooks retry`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RetryArgs {
    /// Id of the delivery (see `docspace webhooks log`); give several to send them with one call
    #[arg(value_name = "DELIVERY", required = true)]
    deliveries: Vec<i32>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for RetryArgs {
    type Record = DeliveryRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<DeliveryRecord>, Failure> {
        let webhooks = session.portal.webhooks();
        let what = match self.deliveries.as_slice() {
            [one] => format!("delivery {one}"),
            several => format!("{} deliveries", several.len()),
        };
        if self.dry_run.is_set() {
            return Ok(self.dry_run.report(&format!("send {what} again")));
        }
        let unknown = UnknownOutcome::new(format!("whether {what} was sent again"), "docspace webhooks log");
        let sent = match self.deliveries.as_slice() {
            [one] => vec![change(&unknown, webhooks.retry(*one)).await?],
            several => change(&unknown, webhooks.retry_all(several.iter().copied())).await?,
        };
        Ok(Records::List(sent.into_iter().map(DeliveryRecord).collect()).into())
    }
}
