//! `docspace rooms pin` and `docspace rooms unpin`.

use clap::Args;
use docspace::RoomId;

use crate::args::{DryRunArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::hints;
use crate::output::{Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;
use crate::waiting::change;

const PIN_EXAMPLES: &str = r"Examples:
  docspace rooms pin 17
  docspace rooms pin 17 --dry-run";

/// The arguments of `docspace rooms pin`.
#[derive(Debug, Args)]
#[command(after_help = PIN_EXAMPLES)]
pub(crate) struct PinArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for PinArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        if self.dry_run.is_set() {
            return Ok(self.dry_run.of_room("pin", &room.get().await?));
        }
        Ok(Records::Row(RoomRecord(change(&unknown(room.id()), room.pin()).await?)).into())
    }
}

const UNPIN_EXAMPLES: &str = r"Examples:
  docspace rooms unpin 17
  docspace rooms list --json id,pinned --jq '.[] | select(.pinned) | .id'";

/// The arguments of `docspace rooms unpin`.
#[derive(Debug, Args)]
#[command(after_help = UNPIN_EXAMPLES)]
pub(crate) struct UnpinArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

impl PortalCommand for UnpinArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        if self.dry_run.is_set() {
            return Ok(self.dry_run.of_room("unpin", &room.get().await?));
        }
        Ok(Records::Row(RoomRecord(change(&unknown(room.id()), room.unpin()).await?)).into())
    }
}

fn unknown(id: &RoomId) -> UnknownOutcome {
    UnknownOutcome::new(format!("whether room {id} is pinned"), hints::room(id))
}
