//! `docspace groups view`.

use clap::Args;

use crate::args::RoomGroupName;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::RoomGroupRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace groups view Clients
  docspace groups view Clients --json rooms --jq '.rooms[]' | docspace rooms archive -";

/// The arguments of `docspace groups view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// Name or id of the room group (see `docspace groups list`)
    group: RoomGroupName,
}

impl PortalCommand for ViewArgs {
    type Record = RoomGroupRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomGroupRecord>, Failure> {
        let id = self.group.id(&session.portal).await?;
        Ok(Records::Card(RoomGroupRecord(session.portal.room_groups().get(id).await?)).into())
    }
}
