//! `docspace webhooks edit`.

use clap::Args;
use docspace::webhooks::{EditWebhook, Trigger};

use super::secret::SecretArgs;
use super::trigger::trigger;
use super::webhook_name::WebhookName;
use crate::args::{DryRunArgs, values};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::WebhookRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace webhooks edit crm --active off
  docspace webhooks edit crm --trigger room.created --trigger room.archived
  docspace webhooks edit crm --new-secret --secret-stdin < secret.txt";

/// The arguments of `docspace webhooks edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    /// Name or id of the webhook (see `docspace webhooks list`)
    webhook: WebhookName,
    /// Rename the webhook
    #[arg(long, value_name = "NAME", value_parser = values::text, allow_hyphen_values = true)]
    name: Option<String>,
    /// Send to this address
    #[arg(long, value_name = "URL", value_parser = values::text)]
    url: Option<String>,
    /// Send only this kind of event; repeat the flag for several kinds
    #[arg(long = "trigger", value_name = "TRIGGER", value_parser = trigger(), ignore_case = true)]
    #[arg(hide_possible_values = true)]
    triggers: Vec<Trigger>,
    /// Send all kinds of events
    #[arg(long, conflicts_with = "triggers")]
    all_triggers: bool,
    /// Send only events about the room, folder, file, person or group with this id
    #[arg(long, value_name = "ID", value_parser = values::text)]
    target: Option<String>,
    /// Send events about everything
    #[arg(long, conflicts_with = "target")]
    no_target: bool,
    /// Switch the webhook on or off
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    active: Option<bool>,
    /// Require https and check the certificate, or not
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    secure: Option<bool>,
    /// Replace the secret
    #[arg(long)]
    new_secret: bool,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl EditArgs {
    /// The changes in words, for a dry run.
    fn changes(&self) -> Vec<String> {
        let triggers: Vec<&str> = self.triggers.iter().map(Trigger::name).collect();
        let on = |switch: bool| if switch { "on" } else { "off" };
        let all = [
            self.name.as_ref().map(|name| format!("name: {name}")),
            self.url.as_ref().map(|url| format!("url: {url}")),
            (!triggers.is_empty()).then(|| format!("triggers: {}", triggers.join(", "))),
            self.all_triggers.then(|| "triggers: all".to_owned()),
            self.target.as_ref().map(|id| format!("target: {id}")),
            self.no_target.then(|| "target: none".to_owned()),
            self.active.map(|active| format!("active: {}", on(active))),
            self.secure.map(|secure| format!("secure: {}", on(secure))),
            self.new_secret.then(|| "a new secret".to_owned()),
        ];
        all.into_iter().flatten().collect()
    }
}

impl PortalCommand for EditArgs {
    type Record = WebhookRecord;

    const SHAPE: Shape = Shape::Object;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        match self.changes().is_empty() {
            true => Err(Failure::usage("there is nothing to change")
                .advise("give --name, --url, --trigger, --target, --active, --secure or --new-secret")),
            false => Ok(()),
        }
    }

    async fn run(self, session: &Session) -> Result<Report<WebhookRecord>, Failure> {
        let webhook = self.webhook.find(&session.portal).await?;
        if self.dry_run.is_set() {
            let changes = self.changes().join("; ");
            return Ok(self
                .dry_run
                .report(&format!("change the webhook `{}` ({}): {changes}", webhook.name, webhook.id.0)));
        }
        let secret = self.new_secret.then(|| self.secret.get(session.terminal)).transpose()?;
        let mut edit = session.portal.webhooks().edit(webhook.id);
        if self.all_triggers {
            edit = edit.triggers([Trigger::All]);
        } else if !self.triggers.is_empty() {
            edit = edit.triggers(self.triggers);
        }
        if self.no_target {
            edit = edit.no_target();
        }
        let edit = edit
            .with_option(self.name, EditWebhook::name)
            .with_option(self.url, EditWebhook::url)
            .with_option(self.target, EditWebhook::target)
            .with_option(self.active, EditWebhook::enabled)
            .with_option(self.secure, EditWebhook::ssl)
            .with_option(secret, EditWebhook::secret);
        let unknown = UnknownOutcome::new(format!("whether the webhook `{}` was changed", webhook.name), super::LIST);
        Ok(Records::Row(WebhookRecord(change(&unknown, edit.send()).await?)).into())
    }
}
