//! `docspace rooms sync-database`.

use clap::Args;
use docspace::rooms::ExternalDbSync;

use crate::args::{DryRunArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Field, Name, Record, Records, Report, Shape};
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace rooms sync-database 17
  docspace rooms sync-database 17 --status --json state --jq .state";

/// The arguments of `docspace rooms sync-database`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SyncDatabaseArgs {
    #[command(flatten)]
    room: RoomArg,
    /// Show the state of the last transfer, without starting one
    #[arg(long)]
    status: bool,
    #[command(flatten)]
    dry_run: DryRunArgs,
}

/// A transfer of form answers as it is printed.
pub(crate) struct TransferRecord(ExternalDbSync);

impl Record for TransferRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("state", "State", &|transfer| Name(transfer.0.status)),
        Field::<Self>::column("progress", "Progress in percent", &|transfer| transfer.0.percentage),
        Field::<Self>::column("forms", "Number of forms; null if the portal does not report it", &|transfer| {
            transfer.0.forms.as_ref().map(Vec::len)
        }),
        Field::<Self>::column("error", "Error; null without one", &|transfer| {
            transfer.0.error.clone().filter(|error| !error.is_empty())
        }),
    ];
}

impl PortalCommand for SyncDatabaseArgs {
    type Record = TransferRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<TransferRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        if self.status {
            let last = room.external_db_sync().await?;
            return Ok(match last {
                Some(last) => Records::Row(TransferRecord(last)).into(),
                None => Report::from(Records::None).note("the portal has no transfer of this room"),
            });
        }
        if self.dry_run.is_set() {
            return Ok(self.dry_run.of_room("send to the external database the form answers of", &room.get().await?));
        }
        let started = room.start_external_db_sync().await?;
        Ok(Records::Row(TransferRecord(started)).into())
    }
}
