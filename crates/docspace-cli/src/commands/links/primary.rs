//! `docspace links primary`.

use clap::Args;

use super::link_name;
use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::records::LinkRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r#"Examples:
  docspace links primary "Audit 2026"
  docspace links primary 17 --create --json url --jq .url"#;

/// The arguments of `docspace links primary`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PrimaryArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Create the link if there is none; everyone who has it can then read the room
    #[arg(long)]
    create: bool,
}

impl PortalCommand for PrimaryArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let room = self.room.find(session).await?;
        let links = session.portal.room(&room).links();
        let missing = match link_name::primary(&room, &links).await {
            Ok(link) => return Ok(Records::Row(LinkRecord(link)).into()),
            Err(failure) => failure,
        };
        if !(self.create && missing.is_not_found()) {
            return Err(missing);
        }
        let unknown = UnknownOutcome::new("whether the primary link was created", hints::links_of(&room));
        let link = change(&unknown, links.primary()).await?;
        let note =
            "created the primary link: everyone who has it can read the room, without a password, until it is revoked";
        Ok(Report::from(Records::Row(LinkRecord(link))).note(note))
    }
}
