//! `docspace quotas`.

mod set;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The commands for quotas.
#[derive(Debug, Subcommand)]
pub(crate) enum QuotasCommand {
    /// Show the used storage and the storage limits of rooms, in bytes
    #[command(visible_aliases = ["list", "ls"])]
    View(Printed<view::ViewArgs>),
    /// Set or remove the storage limit of rooms
    #[command(aliases = ["edit", "update"])]
    Set(Printed<set::SetArgs>),
}

impl QuotasCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::View(command) => command.execute(app).await,
            Self::Set(command) => command.execute(app).await,
        }
    }
}
