//! `docspace files copy` and `docspace files move`.

use clap::Args;
use docspace::rooms::FileId;

use crate::command::PortalCommand;
use crate::commands::contents::{TransferArgs, TransferredRecord, Way};
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::session::Session;

const COPY_EXAMPLES: &str = r#"Examples:
  docspace files copy 23 --to "Audit 2027"
  docspace files copy 23 24 --to 18 --on-conflict duplicate"#;

const MOVE_EXAMPLES: &str = r#"Examples:
  docspace files move 23 --to "Audit 2027"
  docspace files move 23 24 --to 18 --on-conflict overwrite"#;

/// The arguments of `docspace files copy`.
#[derive(Debug, Args)]
#[command(after_help = COPY_EXAMPLES)]
pub(crate) struct CopyArgs {
    /// Ids of the files (see `docspace files list`)
    #[arg(value_name = "FILE", required = true)]
    files: Vec<FileId>,
    #[command(flatten)]
    transfer: TransferArgs,
}

/// The arguments of `docspace files move`.
#[derive(Debug, Args)]
#[command(after_help = MOVE_EXAMPLES)]
pub(crate) struct MoveArgs {
    /// Ids of the files (see `docspace files list`)
    #[arg(value_name = "FILE", required = true)]
    files: Vec<FileId>,
    #[command(flatten)]
    transfer: TransferArgs,
}

impl PortalCommand for CopyArgs {
    type Record = TransferredRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<TransferredRecord>, Failure> {
        self.transfer.run(Way::Copy, self.files.into_iter().map(Into::into).collect(), session).await
    }
}

impl PortalCommand for MoveArgs {
    type Record = TransferredRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<TransferredRecord>, Failure> {
        self.transfer.run(Way::Move, self.files.into_iter().map(Into::into).collect(), session).await
    }
}
