//! `docspace links view`.

use clap::Args;

use super::link_name::LinkName;
use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::LinkRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace links view 17 primary
  docspace links view 17 6f9619ff-8b86-d011-b42d-00cf4fc964ff --json url --jq .url";

/// The arguments of `docspace links view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Id of the link or its beginning, its title, its address (see `docspace links list`), or
    /// `primary`
    link: LinkName,
}

impl PortalCommand for ViewArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let room = self.room.find(session).await?;
        let links = session.portal.room(&room).links();
        let id = self.link.id(&room, &links).await?;
        Ok(Records::Card(LinkRecord(links.get(id).await?)).into())
    }
}
