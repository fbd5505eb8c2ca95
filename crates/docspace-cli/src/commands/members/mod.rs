//! `docspace members`.

mod add;
mod edit;
mod list;
mod remove;
mod resend;
mod rows;
mod sync;

use clap::Subcommand;
use docspace::members::SetMembers;
use docspace::{Error, ErrorKind, RoomId};

use crate::app::App;
use crate::args::DryRunArgs;
use crate::command::{Printed, PrintedOrRows};
use crate::failure::{Failure, UnknownOutcome};
use crate::interrupt::unless_interrupted;
use crate::output::{Records, Report};
use crate::records::MemberChangeRecord;
use crate::terminal::print_message;

/// The commands for members.
#[derive(Debug, Subcommand)]
pub(crate) enum MembersCommand {
    /// List the members of a room: people and people groups
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Give people and people groups access to a room
    #[command(aliases = ["new", "create", "invite"])]
    Add(PrintedOrRows<add::AddArgs>),
    /// Change the access of members
    #[command(aliases = ["update", "set"])]
    Edit(Printed<edit::EditArgs>),
    /// Remove members from a room
    #[command(aliases = ["rm", "delete"])]
    Remove(Printed<remove::RemoveArgs>),
    /// Make the rows of a file the members of a room
    Sync(Printed<sync::SyncArgs>),
    /// Send invitations to a room again
    Resend(Printed<resend::ResendArgs>),
}

impl MembersCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::Add(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Remove(command) => command.execute(app).await,
            Self::Sync(command) => command.execute(app).await,
            Self::Resend(command) => command.execute(app).await,
        }
    }
}

/// Returns the command that lists the members of a room.
fn members_of(room: &RoomId) -> String {
    format!("docspace members list {room}")
}

fn unknown(room: &RoomId) -> UnknownOutcome {
    UnknownOutcome::new(format!("whether the members of room {room} were changed"), members_of(room))
}

/// Makes the changes or, in a dry run, shows them.
async fn apply(room: &RoomId, set: SetMembers, dry_run: &DryRunArgs) -> Result<Report<MemberChangeRecord>, Failure> {
    let changes = if dry_run.is_set() {
        let changes = set.preview().await.map_err(|error| failure(room, error))?;
        print_message(&format!("dry run: the members of room {room} would change like this"));
        changes
    } else {
        let interrupted = || Failure::interrupted().with_unknown_outcome(&unknown(room));
        unless_interrupted(set.send()).await.ok_or_else(interrupted)?.map_err(|error| failure(room, error))?
    };
    Ok(Records::List(MemberChangeRecord::all(changes)).into())
}

/// Returns the failure of a change. If the library advises to invite people, the hint names the
/// flag for that.
fn failure(room: &RoomId, error: Error) -> Failure {
    let is_about_list = error.advice() == "list the members";
    let hint = match (error.advice().contains("invite_unknown"), error.kind()) {
        (false, _) => None,
        (true, ErrorKind::Forbidden) => Some(
            "give ids instead of addresses, use a key with the scope accounts:read, or add --invite to \
             `docspace members add`",
        ),
        (true, _) => {
            Some("check the spelling, or add --invite to `docspace members add` to invite people to the portal")
        }
    };
    let failure = unknown(room).classify(error);
    match hint {
        None if is_about_list => failure.advise(format!("list the members with `{}`", members_of(room))),
        Some(hint) => failure.advise(hint),
        None => failure,
    }
}
