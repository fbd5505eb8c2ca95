//! `docspace webhooks create`.

use clap::Args;
use docspace::webhooks::{CreateWebhook, Trigger};

use super::secret::SecretArgs;
use super::trigger::trigger;
use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::WebhookRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace webhooks create crm https://crm.acme.com/docspace --trigger room.created
  docspace webhooks create backup https://hooks.acme.com/d --target 17 --secret-stdin < secret.txt
  docspace webhooks create test http://hooks.acme.com:8081/ --off

The portal sends a HEAD request to the address, and refuses one that does not answer with 200. It
does not call addresses in private networks.

Events about files in a room are not events about the room: --target 17 sends only what happens to
room 17 itself. Nothing is sent for links, members and tags.";

/// The arguments of `docspace webhooks create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Name of the webhook, of at most 50 characters
    #[arg(value_parser = values::text)]
    name: String,
    /// Address to which the portal sends the events
    #[arg(value_parser = values::text)]
    url: String,
    /// Send this kind of event; repeat the flag for several kinds (default: all kinds)
    #[arg(long = "trigger", value_name = "TRIGGER", value_parser = trigger(), ignore_case = true)]
    #[arg(hide_possible_values = true)]
    triggers: Vec<Trigger>,
    /// Send only events about the room, folder, file, person or group with this id
    #[arg(long, value_name = "ID", value_parser = values::text)]
    target: Option<String>,
    /// Create it without sending events yet
    #[arg(long)]
    off: bool,
    /// Do not check the certificate of an https address
    #[arg(long)]
    insecure: bool,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for CreateArgs {
    type Record = WebhookRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<WebhookRecord>, Failure> {
        if self.dry_run.is_set() {
            let triggers: Vec<&str> = self.triggers.iter().map(Trigger::name).collect();
            let triggers = if triggers.is_empty() { "all events".to_owned() } else { triggers.join(", ") };
            let change = format!("create the webhook `{}`, which sends {triggers} to {}", self.name, self.url);
            return Ok(self.dry_run.report(&change));
        }
        let secret = self.secret.get(session.terminal)?;
        let mut create = session.portal.webhooks().create(&self.name, &self.url, secret);
        if !self.triggers.is_empty() {
            create = create.triggers(self.triggers);
        }
        create = create.enabled(!self.off).with_option(self.target, CreateWebhook::target);
        if self.insecure {
            create = create.ssl(false);
        }
        let unknown = UnknownOutcome::new(format!("whether the webhook `{}` was created", self.name), super::LIST);
        Ok(Records::Row(WebhookRecord(change(&unknown, create.send()).await?)).into())
    }
}
