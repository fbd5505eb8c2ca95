//! `docspace folders delete`.

use clap::Args;
use docspace::rooms::FolderId;

use crate::command::PortalCommand;
use crate::commands::contents::{DeletionArgs, TrashRecord};
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r"Examples:
  docspace folders delete 23 --trash
  docspace folders delete 23 24 --yes";

/// The arguments of `docspace folders delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    /// Ids of the folders (see `docspace folders list`)
    #[arg(value_name = "FOLDER", required = true)]
    folders: Vec<FolderId>,
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
        self.deletion.run("folder", self.folders.into_iter().map(Into::into).collect(), session).await
    }
}
