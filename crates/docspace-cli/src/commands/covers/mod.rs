//! `docspace covers`.

mod list;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The commands for covers.
#[derive(Debug, Subcommand)]
pub(crate) enum CoversCommand {
    /// List the built-in pictures that can be the cover of a room or the icon of a room group
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
}

impl CoversCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
        }
    }
}
