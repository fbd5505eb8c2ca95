//! `docspace members edit`.

use clap::Args;
use docspace::Access;

use crate::args::{DryRunArgs, InviteesArgs, RoomArg, member_access};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::MemberChangeRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace members edit 17 ann@acme.com --access room-manager
  docspace members edit 17 --group Auditors --access read --dry-run"#;

/// The arguments of `docspace members edit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EditArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    who: InviteesArgs,
    /// Change what the members can do; the type of the room limits the choice
    #[arg(long, value_name = "ACCESS", value_parser = member_access(), ignore_case = true)]
    access: Access,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for EditArgs {
    type Record = MemberChangeRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<MemberChangeRecord>, Failure> {
        let room = self.room.find(session).await?;
        let set = session.portal.room(&room).members().set();
        let who = self.who.resolve(&session.portal).await?;
        let set = who.into_iter().fold(set, |set, who| set.give(who, self.access));
        let changes = set.preview().await.map_err(|error| super::failure(&room, error))?;
        let added: Vec<_> = changes.given.iter().filter(|change| change.before.is_none()).collect();
        if !added.is_empty() {
            let names = added.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let verb = if added.len() == 1 { "is not a member" } else { "are not members" };
            return Err(Failure::not_found(format!("{names} {verb} of room {room}")).advise(format!(
                "use `docspace members add`, or list the members with `{}`",
                super::members_of(&room)
            )));
        }
        super::apply(&room, set, &self.dry_run).await
    }
}
