//! `docspace rooms view`.

use clap::Args;

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms view "Audit 2026"
  docspace rooms view https://acme.onlyoffice.com/rooms/shared/17/filter
  docspace rooms view 17 --json title,owner,usedSpace,quota"#;

/// The arguments of `docspace rooms view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
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
