//! `docspace members add`.

use clap::Args;
use docspace::Access;

use crate::args::{DryRunArgs, InviteesArgs, RoomArg, member_access};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::MemberChangeRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace members add 17 ann@acme.com bob@acme.com --access editing
  docspace members add 17 --group Auditors --access read --dry-run
  docspace members add 17 new@client.com --access read --invite --message "Here are the files""#;

/// The arguments of `docspace members add`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    who: InviteesArgs,
    /// Set what the members can do; the type of the room limits the choice
    #[arg(long, value_name = "ACCESS", value_parser = member_access(), ignore_case = true)]
    access: Access,
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
        let room = self.room.find(session).await?;
        let set = session.portal.room(&room).members().set();
        let who = self.who.resolve(&session.portal).await?;
        let mut set = who.into_iter().fold(set, |set, who| set.give(who, self.access));
        if self.invite {
            set = set.invite_unknown();
        }
        if self.notify {
            set = set.notify();
        }
        if let Some(text) = self.message {
            set = set.message(text);
        }
        super::apply(&room, set, &self.dry_run).await
    }
}
