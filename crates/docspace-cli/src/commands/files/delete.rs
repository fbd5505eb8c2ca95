//! `docspace files delete`.

use clap::Args;
use docspace::rooms::FileId;

use crate::command::PortalCommand;
use crate::commands::contents::{DeletionArgs, TrashRecord};
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r"Examples:
  docspace files delete 23 --trash
  docspace files delete 23 24 --yes";

/// The arguments of `docspace files delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Ids of the files (see `docspace files list`)
    #[arg(value_name = "FILE", required = true)]
    files: Vec<FileId>,
    #[command(flatten)]
    deletion: DeletionArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = TrashRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.deletion.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<TrashRecord>, Failure> {
        self.deletion.run("file", self.files.into_iter().map(Into::into).collect(), session).await
    }
}
