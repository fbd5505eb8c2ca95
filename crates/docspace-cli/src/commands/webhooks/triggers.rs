//! `docspace webhooks triggers`.

use clap::Args;
use docspace::webhooks::WebhookTrigger;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Field, Record, Records, Report, Shape};
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace webhooks triggers
  docspace webhooks triggers --json name,available --jq '.[] | select(.available) | .name'";

/// The arguments of `docspace webhooks triggers`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct TriggersArgs {}

/// An event type.
pub(crate) struct TriggerRecord(WebhookTrigger);

impl Record for TriggerRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("name", "Name; `*` stands for all event types", &|trigger| trigger.0.name.clone())
            .never_cut()
            .priority(100),
        Field::<Self>::column("available", "Whether you may use it", &|trigger| trigger.0.available).never_cut(),
        Field::<Self>::detail("number", "Number in the API, which is one bit", &|trigger| trigger.0.id),
    ];
}

impl PortalCommand for TriggersArgs {
    type Record = TriggerRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<TriggerRecord>, Failure> {
        let triggers = session.portal.webhooks().triggers().await?;
        Ok(Records::Found(triggers.into_iter().map(TriggerRecord).collect(), "no triggers found").into())
    }
}
