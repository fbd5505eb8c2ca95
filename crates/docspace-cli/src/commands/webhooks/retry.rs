//! `docspace webhooks retry`.

use std::collections::BTreeSet;

use clap::Args;
use docspace::webhooks::Webhooks;
use futures::{StreamExt, TryStreamExt, stream};

use crate::args::{DryRunArgs, values};
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
and one call sends any number of deliveries. Nothing is sent if the log lacks one of them.";

/// The arguments of `docspace webhooks retry`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RetryArgs {
    /// Id of the delivery (see `docspace webhooks log`); give several to send them with one call
    #[arg(value_name = "DELIVERY", required = true, value_parser = values::number)]
    deliveries: Vec<i32>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for RetryArgs {
    type Record = DeliveryRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<DeliveryRecord>, Failure> {
        let webhooks = session.portal.webhooks();
        // A portal sends a delivery twice if a call names it twice.
        let deliveries: Vec<i32> = self.deliveries.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let what = match deliveries.as_slice() {
            [one] => format!("delivery {one}"),
            several => format!("{} deliveries", several.len()),
        };
        check_known(&webhooks, &deliveries).await?;
        if self.dry_run.is_set() {
            return Ok(self.dry_run.report(&format!("send {what} again")));
        }
        let unknown = UnknownOutcome::new(format!("whether {what} was sent again"), "docspace webhooks log");
        let sent = match deliveries.as_slice() {
            [one] => vec![change(&unknown, webhooks.retry(*one)).await?],
            several => change(&unknown, webhooks.retry_all(several.iter().copied())).await?,
        };
        Ok(Records::List(sent.into_iter().map(DeliveryRecord).collect()).into())
    }
}

/// The number of reads at once.
const READS: usize = 8;

/// Fails if the log lacks one of the deliveries. A portal sends the others, and does not report
/// which ones it skipped.
async fn check_known(webhooks: &Webhooks, deliveries: &[i32]) -> Result<(), Failure> {
    let read = |id: i32| async move { Ok::<_, Failure>((id, webhooks.log().event(id).all().await?.is_empty())) };
    let read: Vec<(i32, bool)> =
        stream::iter(deliveries.iter().copied().map(read)).buffered(READS).try_collect().await?;
    let missing: Vec<String> =
        read.iter().filter(|(_, is_missing)| *is_missing).map(|(id, _)| id.to_string()).collect();
    let missing = match missing.as_slice() {
        [] => return Ok(()),
        [one] => format!("delivery {one}"),
        several => format!("deliveries {}", several.join(", ")),
    };
    Err(Failure::not_found(format!("the log does not have {missing}, so nothing was sent"))
        .advise("list the deliveries with `docspace webhooks log`"))
}
