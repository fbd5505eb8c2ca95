//! `docspace rooms view`.

use clap::Args;

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;

/// The arguments of `docspace rooms view`.
#[derive(Debug, Args)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    room: RoomArg,
}

impl PortalCommand for ViewArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?).get().await?;
        Ok(Records::Card(RoomRecord(room)).into())
    }
}
