//! `docspace groups list`.

use clap::Args;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::RoomGroupRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace groups list
  docspace groups list --json name,size --jq 'sort_by(.size) | .[].name'";

/// The arguments of `docspace groups list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {}

impl PortalCommand for ListArgs {
    type Record = RoomGroupRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<RoomGroupRecord>, Failure> {
        let _bar = Bar::start(session.terminal, "reading room groups", 1);
        let groups = session.portal.room_groups().list().await?;
        Ok(Records::Found(groups.into_iter().map(RoomGroupRecord).collect(), "no room groups found").into())
    }
}
