//! `docspace links`.

mod changes;
mod create;
mod edit;
mod link_name;
mod list;
mod owner;
mod password;
mod primary;
mod reader;
mod revoke;
mod rules;
mod scope;
mod several;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The commands for links.
#[derive(Debug, Subcommand)]
pub(crate) enum LinksCommand {
    /// List the links of a room, folder or file, or of all rooms
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of a link
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Create a link to a room, folder or file or, with --invite, the invitation link of a room
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Change a link, or all links that match filters; settings without a flag stay as they are
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Revoke links, so that their addresses stop working
    #[command(aliases = ["rm", "remove", "delete"])]
    Revoke(Printed<revoke::RevokeArgs>),
    /// Show the primary link or, with --create, create it if there is none
    Primary(Printed<primary::PrimaryArgs>),
}

impl LinksCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Revoke(command) => command.execute(app).await,
            Self::Primary(command) => command.execute(app).await,
        }
    }
}
