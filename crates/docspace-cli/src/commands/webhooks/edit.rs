//! `docspace webhooks edit`.

use clap::Args;
use docspace::webhooks::{EditWebhook, Trigger};

use super::on_or_off;
use super::secret::SecretArgs;
use super::trigger::{in_words, trigger_or_all};
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
  docspace webhooks edit crm --url https://crm.acme.com/docspace --secure on
  docspace webhooks edit crm --secret-stdin < secret.txt";

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
    #[arg(long, value_name = "URL", value_parser = values::receiver)]
    url: Option<String>,
    /// Send only events of this type; repeat the flag for several types
    #[arg(long = "trigger", value_name = "TRIGGER", value_parser = trigger_or_all(), ignore_case = true)]
    #[arg(hide_possible_values = true)]
    triggers: Vec<Trigger>,
    /// Send events of all types
    #[arg(long, conflicts_with = "triggers")]
    all_triggers: bool,
    /// Send only events about the room, folder, file, person or people group with this id
    #[arg(long, value_name = "ID", value_parser = values::text)]
    target: Option<String>,
    /// Send events about everything
    #[arg(long, conflicts_with = "target")]
    no_target: bool,
    /// Switch the webhook on or off
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    active: Option<bool>,
    /// Require https and a valid certificate (on), or accept http and any certificate (off)
    #[arg(long, value_name = "SWITCH", value_parser = values::switch())]
    secure: Option<bool>,
    /// Replace the secret (--secret-stdin does it too)
    #[arg(long)]
    new_secret: bool,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl EditArgs {
    fn replaces_secret(&self) -> bool {
        self.new_secret || self.secret.is_from_stdin()
    }

    fn with_changes(&self, mut edit: EditWebhook) -> EditWebhook {
        if self.all_triggers {
            edit = edit.triggers([Trigger::All]);
        } else if !self.triggers.is_empty() {
            edit = edit.triggers(self.triggers.clone());
        }
        if self.no_target {
            edit = edit.no_target();
        }
        edit.with_option(self.name.as_ref(), EditWebhook::name)
            .with_option(self.url.as_ref(), EditWebhook::url)
            .with_option(self.target.as_ref(), EditWebhook::target)
            .with_option(self.active, EditWebhook::enabled)
            .with_option(self.secure, EditWebhook::ssl)
    }

    /// The changes in words, for a dry run.
    fn changes(&self) -> Vec<String> {
        let triggers = in_words(&self.triggers);
        let all = [
            self.name.as_ref().map(|name| format!("name: {name}")),
            self.url.as_ref().map(|url| format!("url: {url}")),
            (!triggers.is_empty()).then(|| format!("triggers: {triggers}")),
            self.all_triggers.then(|| "triggers: all".to_owned()),
            self.target.as_ref().map(|id| format!("target: {id}")),
            self.no_target.then(|| "target: none".to_owned()),
            self.active.map(|active| format!("active: {}", on_or_off(active))),
            self.secure.map(|secure| format!("secure: {}", on_or_off(secure))),
            self.replaces_secret().then(|| "a new secret".to_owned()),
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
        let edit = self.with_changes(session.portal.webhooks().edit(webhook.id));
        if self.dry_run.is_set() {
            edit.check()?;
            let change = format!("change the webhook “{}” ({})", webhook.name, webhook.id.0);
            return Ok(self.dry_run.with_values(&change, &self.changes()));
        }
        let secret = self.replaces_secret().then(|| self.secret.get(session.terminal)).transpose()?;
        let edit = edit.with_option(secret, EditWebhook::secret);
        let unknown = UnknownOutcome::new(format!("whether the webhook “{}” was changed", webhook.name), super::LIST);
        Ok(Records::Row(WebhookRecord(change(&unknown, edit.send()).await?)).into())
    }
}
