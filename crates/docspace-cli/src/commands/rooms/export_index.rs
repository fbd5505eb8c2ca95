//! `docspace rooms export-index`.

use clap::Args;
use docspace::rooms::IndexExport;

use crate::args::{DryRunArgs, RoomArg, WaitArgs};
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Bar, Field, Id, Record, Records, Report, Shape};
use crate::session::Session;
use crate::waiting::PendingOperation;

const EXAMPLES: &str = r"Examples:
  docspace rooms export-index 17
  docspace rooms export-index 17 --json url --jq .url";

/// The arguments of `docspace rooms export-index`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportIndexArgs {
    #[command(flatten)]
    room: RoomArg,
    #[command(flatten)]
    dry_run: DryRunArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

/// The file with the index of a room.
pub(crate) struct IndexRecord(IndexExport);

impl Record for IndexRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the file", &|index| Id::from(&index.0.result_file_id)),
        Field::<Self>::column("title", "Name of the file", &|index| index.0.result_file_name.clone()),
        Field::<Self>::column("url", "Address of the file in the browser", &|index| index.0.result_file_url.clone())
            .never_cut()
            .priority(90),
    ];
}

impl PortalCommand for ExportIndexArgs {
    type Record = IndexRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<IndexRecord>, Failure> {
        let room = session.portal.room(self.room.find(session).await?);
        if self.dry_run.is_set() {
            return Ok(self.dry_run.of_room("write a file with the index of", &room.get().await?));
        }
        let id = room.id();
        let question = format!("whether the index of room {id} is written to your documents");
        let pending = PendingOperation {
            subject: format!("index of room {id}"),
            unknown: UnknownOutcome::new(question, "docspace api files/rooms/indexexport"),
            bar: &Bar::start(session.terminal, "exporting", 1),
        };
        let export = pending.run(room.export_index(), self.wait.until()).await?;
        Ok(export.map_or(Records::None, |export| Records::Row(IndexRecord(export))).into())
    }
}
