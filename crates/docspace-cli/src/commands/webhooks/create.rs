//! `docspace webhooks create`.

use clap::Args;
use docspace::webhooks::{CreateWebhook, Trigger};

use super::on_or_off;
use super::secret::SecretArgs;
use super::trigger::{in_words, trigger_or_all};
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
  docspace webhooks create test http://hooks.acme.com:8081/ --active off

The portal sends a HEAD request to the address, and refuses an address that does not answer it with
a status of 200 to 299. It does not call addresses in private networks.

Events about files in a room are not events about the room: --target 17 sends only what happens to
room 17 itself. Nothing is sent for links, members and tags.

The secret needs 8 to 30 characters without spaces, unless the portal has another password policy.";

/// The arguments of `docspace webhooks create`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArgs {
    /// Name of the webhook, of at most 50 characters
    #[arg(value_parser = values::text)]
    name: String,
    /// Address to which the portal sends the events
    #[arg(value_parser = values::receiver)]
    url: String,
    /// Send events of this type; repeat the flag for several types (default: `*`, all types)
    #[arg(long = "trigger", value_name = "TRIGGER", value_parser = trigger_or_all(), ignore_case = true)]
    #[arg(hide_possible_values = true)]
    triggers: Vec<Trigger>,
    /// Send only events about the room, folder, file, person or people group with this id
    #[arg(long, value_name = "ID", value_parser = values::text)]
    target: Option<String>,
    /// Create the webhook switched on or off (default: on)
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    active: Option<bool>,
    /// Require https and a valid certificate (on), or accept http and any certificate (off)
    /// (default: on for https addresses)
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    secure: Option<bool>,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl CreateArgs {
    fn with_settings(&self, create: CreateWebhook) -> CreateWebhook {
        let triggers = (!self.triggers.is_empty()).then(|| self.triggers.clone());
        create
            .with_option(triggers, CreateWebhook::triggers)
            .with_option(self.target.as_ref(), CreateWebhook::target)
            .with_option(self.active, CreateWebhook::enabled)
            .with_option(self.secure, CreateWebhook::ssl)
    }

    /// The settings in words, for a dry run.
    fn values(&self) -> Vec<String> {
        let triggers = if self.triggers.is_empty() { "all".to_owned() } else { in_words(&self.triggers) };
        let is_secure = self.secure.unwrap_or_else(|| self.url.to_ascii_lowercase().starts_with("https:"));
        let all = [
            Some(format!("triggers: {triggers}")),
            self.target.as_ref().map(|id| format!("target: {id}")),
            Some(format!("active: {}", on_or_off(self.active.unwrap_or(true)))),
            Some(format!("secure: {}", on_or_off(is_secure))),
        ];
        all.into_iter().flatten().collect()
    }
}

impl PortalCommand for CreateArgs {
    type Record = WebhookRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<WebhookRecord>, Failure> {
        if self.dry_run.is_set() {
            self.with_settings(session.portal.webhooks().create(&self.name, &self.url, "")).check()?;
            let change = format!("create the webhook “{}”, which sends to {}", self.name, self.url);
            return Ok(self.dry_run.with_values(&change, &self.values()));
        }
        let secret = self.secret.get(session.terminal)?;
        let create = self.with_settings(session.portal.webhooks().create(&self.name, &self.url, secret));
        let unknown = UnknownOutcome::new(format!("whether the webhook “{}” was created", self.name), super::LIST);
        Ok(Records::Row(WebhookRecord(change(&unknown, create.send()).await?)).into())
    }
}
