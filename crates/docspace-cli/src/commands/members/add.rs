//! `docspace members add`.

use clap::Args;
use docspace::Access;
use docspace::members::SetMembers;

use super::rows::{self, COLUMNS_HELP, RowRecord, Rows};
use crate::args::{DryRunArgs, InviteesArgs, RoomArg, member_access};
use crate::command::{PortalCommand, RowsCommand};
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::MemberChangeRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace members add 17 ann@acme.com bob@acme.com --access editing
  docspace members add 17 --group Auditors --access read --dry-run
  docspace members add 17 new@client.com --access read --invite --message "Here are the files"
  docspace members add --file team.csv --access read --dry-run
  docspace members add 17 --file team.csv

The access of members has no end. To share a room until a date, create a link with `docspace links
create 17 --access read --expires 7days`."#;

/// The arguments of `docspace members add`.
#[derive(Debug, Args)]
#[command(
    override_usage = "docspace members add [OPTIONS] --access <ACCESS> <ROOM> [PERSON]...\n       docspace members add [OPTIONS] --file <FILE> [ROOM]"
)]
#[command(after_help = format!("{EXAMPLES}\n\n{COLUMNS_HELP}"))]
#[command(mut_arg("room", |arg| arg.required(false).required_unless_present("file")))]
#[command(mut_arg("people", |arg| arg.required_unless_present("file")))]
pub(crate) struct AddArgs {
    #[command(flatten)]
    room: Option<RoomArg>,
    #[command(flatten)]
    who: Option<InviteesArgs>,
    /// Add the members in the rows of this CSV file; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["people", "groups"])]
    file: Option<String>,
    /// Set what the members can do; the type of the room limits the choice
    #[arg(long, value_name = "ACCESS", value_parser = member_access(), ignore_case = true, required_unless_present = "file")]
    access: Option<Access>,
    /// Invite addresses without an account to the portal, as guests (default: fail for them)
    #[arg(long)]
    invite: bool,
    /// Send an e-mail to the people who get access
    #[arg(long)]
    notify: bool,
    /// Send this text in the e-mail (implies --notify)
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for AddArgs {
    type Record = MemberChangeRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<MemberChangeRecord>, Failure> {
        let (Some(room), Some(who), Some(access)) = (&self.room, &self.who, self.access) else {
            return Err(Failure::usage("the room, the members or the access is missing").advise("give them, or --file"));
        };
        let room = room.find(session).await?;
        let set = session.portal.room(&room).members().set();
        let who = who.resolve(&session.portal).await?;
        let set = who.into_iter().fold(set, |set, who| set.give(who, access));
        super::apply(&room, self.with_options(set), &self.dry_run).await
    }
}

impl AddArgs {
    fn with_options(&self, mut set: SetMembers) -> SetMembers {
        if self.invite {
            set = set.invite_unknown();
        }
        if self.notify {
            set = set.notify();
        }
        match &self.message {
            Some(text) => set.message(text),
            None => set,
        }
    }
}

impl RowsCommand for AddArgs {
    type Row = RowRecord;

    fn has_file(&self) -> bool {
        self.file.is_some()
    }

    async fn run_rows(self, session: &Session) -> Result<Report<RowRecord>, Failure> {
        let room = match &self.room {
            Some(room) => Some(room.find(session).await?),
            None => None,
        };
        let path = self.file.as_deref().unwrap_or("-");
        let all = Rows { path, room, access: self.access }.read(&session.portal).await?;
        rows::apply(all, |set| self.with_options(set), &self.dry_run, session).await
    }
}
