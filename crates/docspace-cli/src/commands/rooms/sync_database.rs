//! `docspace rooms sync-database`.

use clap::Args;
use docspace::rooms::ExternalDbSync;
use serde_json::json;

use crate::args::{DryRunArgs, RoomArg};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Field, Record, Records, Report};
use crate::session::Session;
use crate::text::kebab;

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
        Field::column("state", |transfer| json!(kebab(&transfer.0.status.to_string()))),
        Field::column("progress", |transfer| json!(transfer.0.percentage)),
        Field::column("forms", |transfer| json!(transfer.0.forms.as_ref().map(Vec::len))),
        Field::column("error", |transfer| json!(transfer.0.error.as_ref().filter(|error| !error.is_empty()))),
    ];
}

impl PortalCommand for SyncDatabaseArgs {
    type Record = TransferRecord;

    async fn run(self, session: &Session) -> Result<Report<TransferRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        if self.status {
            let last = room.external_db_sync().await?;
            let none = "the portal has no transfer of this room";
            return Ok(Records::Found(last.into_iter().map(TransferRecord).collect(), none).into());
        }
        if self.dry_run.is_set() {
            return Ok(self.dry_run.of_room("send to the external database the form answers of", &room.get().await?));
        }
        let started = room.start_external_db_sync().await?;
        Ok(Records::Row(TransferRecord(started)).into())
    }
}
