//! `docspace webhooks`.

mod bodies;
mod create;
mod delete;
mod edit;
mod list;
mod listen;
mod listener;
mod log;
mod retry;
mod secret;
mod send;
mod trigger;
mod triggers;
mod view;
mod webhook_name;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The command that lists the webhooks.
const LIST: &str = "docspace webhooks list";

/// The word of a switch, as a person types it.
fn on_or_off(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

/// The commands for webhooks.
#[derive(Debug, Subcommand)]
pub(crate) enum WebhooksCommand {
    /// List webhooks: administrators see all webhooks, other people their own
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of a webhook, and whether its deliveries arrive
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Create a webhook, so that the portal sends events to an address
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Change a webhook; settings without a flag keep their values
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Delete a webhook and the log of its deliveries
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
    /// List deliveries, newest first
    #[command(aliases = ["logs", "deliveries"])]
    Log(Printed<log::LogArgs>),
    /// Send deliveries from the log again
    #[command(alias = "redeliver")]
    Retry(Printed<retry::RetryArgs>),
    /// List the event types that a webhook can send
    Triggers(Printed<triggers::TriggersArgs>),
    /// Receive deliveries on this computer: check their signatures, and print or forward them
    Listen(listen::ListenArgs),
    /// Send a signed event to your own receiver, to test it without a portal
    #[command(alias = "trigger")]
    Send(send::SendArgs),
}

impl WebhooksCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
            Self::Log(command) => command.execute(app).await,
            Self::Retry(command) => command.execute(app).await,
            Self::Triggers(command) => command.execute(app).await,
            Self::Listen(arguments) => arguments.execute(app).await,
            Self::Send(arguments) => arguments.execute(app).await,
        }
    }
}
