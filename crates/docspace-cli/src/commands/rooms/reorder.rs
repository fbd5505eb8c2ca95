//! `docspace rooms reorder`.

use clap::Args;

use crate::args::{DryRunArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace rooms reorder 17
  docspace rooms reorder 17 --dry-run";

/// The arguments of `docspace rooms reorder`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReorderArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for ReorderArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let handle = session.portal.room(self.room.find(session).await?);
        let room = handle.get().await?;
        if !room.indexing {
            return Err(Failure::usage(format!("room {} does not number its files and folders", room.id))
                .advise(format!("turn numbering on with `docspace rooms edit {} --indexing on`", room.id)));
        }
        if self.dry_run.is_set() {
            return Ok(self.dry_run.of_room("renumber the files and folders of", &room));
        }
        let question = format!("whether the files and folders of room {} are renumbered", room.id);
        let unknown = UnknownOutcome::new(question, format!("docspace rooms content {}", room.id));
        Ok(Records::Row(RoomRecord(change(&unknown, handle.reorder()).await?)).into())
    }
}
