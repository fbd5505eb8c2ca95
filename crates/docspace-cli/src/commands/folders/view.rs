//! `docspace folders view`.

use clap::Args;
use docspace::rooms::FolderId;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::FolderRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace folders view 23
  docspace folders view 23 --json path --jq .path";

/// The arguments of `docspace folders view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    /// Id of the folder (see `docspace folders list`)
    #[arg(value_name = "FOLDER")]
    folder: FolderId,
}

impl PortalCommand for ViewArgs {
    type Record = FolderRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<FolderRecord>, Failure> {
        let handle = session.portal.folder(&self.folder);
        let (folder, path) = (handle.get().await?, handle.path().await?);
        let path = path.iter().map(|folder| folder.title.as_str()).collect::<Vec<_>>().join("/");
        Ok(Records::Card(FolderRecord { folder, path }).into())
    }
}
