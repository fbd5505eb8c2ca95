//! `docspace links primary`.

use clap::Args;

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report};
use crate::records::LinkRecord;
use crate::session::Session;

/// The arguments of `docspace links primary`.
#[derive(Debug, Args)]
pub(crate) struct PrimaryArgs {
    #[command(flatten)]
    room: RoomArg,
}

impl PortalCommand for PrimaryArgs {
    type Record = LinkRecord;

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let link = session.portal.room(&self.room.room).links().primary().await?;
        Ok(Records::Row(LinkRecord(link)).into())
    }
}
