//! `docspace webhooks list`.

use clap::Args;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::WebhookRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace webhooks list
  docspace webhooks list --json name,active --jq '.[] | select(.active | not) | .name'";

/// The arguments of `docspace webhooks list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {}

impl PortalCommand for ListArgs {
    type Record = WebhookRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<WebhookRecord>, Failure> {
        let _bar = Bar::start(session.terminal, "reading webhooks", 1);
        let found = session.portal.webhooks().list().await?;
        Ok(Records::Found(found.into_iter().map(WebhookRecord).collect(), "no webhooks found").into())
    }
}
