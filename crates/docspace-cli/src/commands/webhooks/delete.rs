//! `docspace webhooks delete`.

use clap::Args;

use super::webhook_name::WebhookName;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::confirmation::{self, Words};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::{DeletedRecord, WebhookRecord};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace webhooks delete crm
  docspace webhooks delete 12 --yes";

/// The arguments of `docspace webhooks delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Name or id of the webhook (see `docspace webhooks list`)
    webhook: WebhookName,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = DeletedRecord<i32>;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<DeletedRecord<i32>>, Failure> {
        let webhooks = session.portal.webhooks();
        let webhook = self.webhook.find(&session.portal).await?;
        let (id, name) = (webhook.id, webhook.name.clone());
        if self.safety.dry_run.is_set() {
            return Ok(self
                .safety
                .dry_run
                .report(&format!("delete the webhook “{name}”, which sends to {}, and its log", webhook.uri)));
        }
        if self.safety.must_ask() {
            let consequence = "Its receiver gets no more events, and the log of its deliveries is lost.";
            let words = Words { noun: "webhook", name: "name", consequence };
            let record = WebhookRecord(webhook);
            confirmation::of_deletion(&[record], |record| &record.0.name, &words, session.terminal)?;
        }
        let unknown = UnknownOutcome::new(format!("whether the webhook “{name}” is deleted"), super::LIST);
        change(&unknown, webhooks.delete(id)).await?;
        Ok(Records::Row(DeletedRecord { id: id.0, name }).into())
    }
}
