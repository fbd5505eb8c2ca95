//! `docspace files list`.

use clap::Args;
use docspace::folders::Entry;
use futures::{TryStreamExt, future};

use crate::command::PortalCommand;
use crate::commands::contents::PlaceArg;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::FileRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace files list 17
  docspace files list 17 --json title,size --jq 'map(.size) | add'";

/// The arguments of `docspace files list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    place: PlaceArg,
    /// List at most this many files (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for ListArgs {
    type Record = FileRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<FileRecord>, Failure> {
        let content = session.portal.folder(self.place.find(session).await?).content();
        let files = content.try_filter_map(|entry| {
            future::ok(match entry {
                Entry::File(file) => Some(FileRecord(file)),
                Entry::Folder(_) => None,
            })
        });
        Ok(Records::Streamed(Listing::new("files", files, session.terminal).limit(self.limit).none("no files found"))
            .into())
    }
}
