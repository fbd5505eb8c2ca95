//! `docspace files view`.

use clap::Args;
use docspace::rooms::FileId;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::FileRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace files view 5
  docspace files view 5 --json url --jq .url";

/// The arguments of `docspace files view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// Id of the file (see `docspace files list`)
    #[arg(value_name = "FILE")]
    file: FileId,
}

impl PortalCommand for ViewArgs {
    type Record = FileRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<FileRecord>, Failure> {
        Ok(Records::Card(FileRecord(session.portal.file(&self.file).get().await?)).into())
    }
}
