//! `docspace links`: the commands and what they print of a link.

mod create;
mod edit;
mod password;
mod record;

use std::str::FromStr;

use clap::Subcommand;
use docspace::{LinkId, Links, RoomId, RoomLink};
use record::LinkRecord;

use crate::app::App;
use crate::confirm::{self, ConfirmArgs};
use crate::failure::Failure;
use crate::output::OutputArgs;
use crate::work;

/// What can be done with links.
#[derive(Debug, Subcommand)]
pub(crate) enum LinksCommand {
    /// List the links of a room
    #[command(visible_alias = "ls")]
    List {
        #[command(flatten)]
        room: RoomArgs,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Make a link to a room: an external one, or with --invite the invitation link
    Create(create::CreateArgs),
    /// Change a link; what is not mentioned stays
    Edit(edit::EditArgs),
    /// Revoke a link, so that its address stops working
    Revoke(RevokeArgs),
    /// Show the primary link of a room; a custom room that has none gets one
    Primary {
        #[command(flatten)]
        room: RoomArgs,
        #[command(flatten)]
        output: OutputArgs,
    },
}

/// The room.
#[derive(Debug, clap::Args)]
pub(crate) struct RoomArgs {
    /// The room's id
    #[arg(value_name = "ROOM")]
    room: RoomId,
}

impl RoomArgs {
    /// The command that tells how its links are.
    fn look(&self) -> String {
        format!("docspace links list {}", self.room)
    }
}

/// The link to revoke.
#[derive(Debug, clap::Args)]
pub(crate) struct RevokeArgs {
    #[command(flatten)]
    room: RoomArgs,
    /// The link's id, or `primary`
    link: LinkName,
    #[command(flatten)]
    confirm: ConfirmArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// A link as people name it.
#[derive(Clone, Copy, Debug)]
enum LinkName {
    Primary,
    Id(LinkId),
}

impl FromStr for LinkName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("primary") {
            return Ok(Self::Primary);
        }
        let id = text.trim().parse::<uuid::Uuid>();
        id.map(|id| Self::Id(LinkId(id)))
            .map_err(|_| "no link: write its id, such as 6f9619ff-8b86-d011-b42d-00cf4fc964ff, or `primary`".to_owned())
    }
}

impl LinkName {
    /// The link's id. The primary link is looked for, not made.
    async fn id(self, links: &Links) -> Result<LinkId, Failure> {
        match self {
            Self::Id(id) => Ok(id),
            Self::Primary => {
                let found = links.list().await?.into_iter().find(RoomLink::is_primary);
                found.map(|link| link.id()).ok_or_else(|| {
                    Failure::not_found("the room has no primary link, or you may not see it")
                        .advise("list the room's links")
                })
            }
        }
    }
}

impl LinksCommand {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List { room, output } => {
                let printer = output.printer(app)?;
                let links = app.portal()?.room(&room.room).links().list().await?;
                let links: Vec<_> = links.into_iter().map(LinkRecord).collect();
                printer.found(&links, "no links, or you may not see them")
            }
            Self::Create(arguments) => arguments.run(app).await,
            Self::Edit(arguments) => arguments.run(app).await,
            Self::Revoke(arguments) => arguments.run(app).await,
            Self::Primary { room, output } => {
                let printer = output.printer(app)?;
                printer.row(&LinkRecord(app.portal()?.room(&room.room).links().primary().await?))
            }
        }
    }
}

impl RevokeArgs {
    /// Prints the link that the portal made in its place, if it made one.
    async fn run(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app)?;
        let must_ask = self.confirm.must_ask(app)?;
        let links = app.portal()?.room(&self.room.room).links();
        let id = self.link.id(&links).await?;
        if must_ask {
            let link = links.get(id).await?;
            let title = link.title().replace(char::is_control, " ");
            confirm::ask(&format!("Revoke the link “{title}” of room {}? Its address stops working.", self.room.room))?;
        }
        let question = format!("whether link {} is revoked", id.0);
        let left = links.revoke(id).await.map_err(|error| work::settle(error, &question, &self.room.look()))?;
        let instead = if left.is_some() { "; this room cannot be without one, so there is another" } else { "" };
        app.terminal.note(&format!("the link is revoked{instead}"));
        printer.list(&left.into_iter().map(LinkRecord).collect::<Vec<_>>())
    }
}
