//! `docspace folders list`.

use clap::Args;

use crate::command::PortalCommand;
use crate::commands::contents::PlaceArg;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::FolderRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace folders list 17
  docspace folders list "Audit 2026" --recursive
  docspace folders list 17 --recursive --json path,files --jq '.[] | select(.files == 0) | .path'"#;

/// The arguments of `docspace folders list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    place: PlaceArg,
    /// List the folders of all levels
    #[arg(long, short = 'R')]
    recursive: bool,
}

impl PortalCommand for ListArgs {
    type Record = FolderRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<FolderRecord>, Failure> {
        let _bar = Bar::start(session.terminal, "reading folders", 1);
        let folders = session.portal.folder(self.place.find(session).await?).folders();
        let found = if self.recursive {
            folders
                .tree()
                .await?
                .into_iter()
                .map(|entry| FolderRecord { folder: entry.folder, path: entry.path })
                .collect()
        } else {
            folders.list().await?.into_iter().map(FolderRecord::top).collect()
        };
        Ok(Records::Found(found, "no folders found").into())
    }
}
