//! `docspace people`.

mod create;
mod groups;
mod invite;
mod list;
mod offboard;
mod status;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The command that lists all people, including pending and disabled ones.
const LIST_ALL: &str = "docspace people list --status all";

/// The commands for people.
#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    /// List people who have an account on the portal, by default the active ones
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of a person
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Invite people to the portal by e-mail
    Invite(Printed<invite::InviteArgs>),
    /// Create an account with a password, without an invitation
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Disable accounts, so that the people can no longer sign in
    #[command(aliases = ["block", "deactivate"])]
    Disable(Printed<status::DisableArgs>),
    /// Enable disabled accounts
    #[command(aliases = ["unblock", "activate"])]
    Enable(Printed<status::EnableArgs>),
    /// Give the rooms of a person who leaves to another person, and remove the person from all rooms
    #[command(alias = "handover")]
    Offboard(Printed<offboard::OffboardArgs>),
    /// Manage people groups
    #[command(subcommand, visible_alias = "group")]
    Groups(groups::GroupsCommand),
}

impl PeopleCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Invite(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Disable(command) => command.execute(app).await,
            Self::Enable(command) => command.execute(app).await,
            Self::Offboard(command) => command.execute(app).await,
            Self::Groups(command) => command.execute(app).await,
        }
    }
}
