//! `docspace folders copy` and `docspace folders move`.

use clap::Args;
use docspace::rooms::FolderId;

use crate::command::PortalCommand;
use crate::commands::contents::{TransferArgs, TransferredRecord, Way};
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::session::Session;

const COPY_EXAMPLES: &str = r#"Examples:
  docspace folders copy 23 --to "Audit 2027"
  docspace folders copy 23 24 --to 18 --on-conflict skip"#;

const MOVE_EXAMPLES: &str = r#"Examples:
  docspace folders move 23 --to "Audit 2027"
  docspace folders move 23 24 --to 18 --on-conflict skip"#;

/// The arguments of `docspace folders copy`.
#[derive(Debug, Args)]
#[command(after_help = COPY_EXAMPLES)]
pub(crate) struct CopyArgs {
    /// Ids of the folders (see `docspace folders list`)
    #[arg(value_name = "FOLDER", required = true)]
    folders: Vec<FolderId>,
    #[command(flatten)]
    transfer: TransferArgs,
}

/// The arguments of `docspace folders move`.
#[derive(Debug, Args)]
#[command(after_help = MOVE_EXAMPLES)]
pub(crate) struct MoveArgs {
    /// Ids of the folders (see `docspace folders list`)
    #[arg(value_name = "FOLDER", required = true)]
    folders: Vec<FolderId>,
    #[command(flatten)]
    transfer: TransferArgs,
}

impl PortalCommand for CopyArgs {
    type Record = TransferredRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<TransferredRecord>, Failure> {
        self.transfer.run(Way::Copy, self.folders.into_iter().map(Into::into).collect(), session).await
    }
}

impl PortalCommand for MoveArgs {
    type Record = TransferredRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<TransferredRecord>, Failure> {
        self.transfer.run(Way::Move, self.folders.into_iter().map(Into::into).collect(), session).await
    }
}
