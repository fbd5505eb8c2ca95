//! `docspace rooms content`.

use clap::Args;
use futures::TryStreamExt;

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::EntryRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace rooms content 17
  docspace rooms content 17 --json title,size --jq 'map(.size) | add'";

/// The arguments of `docspace rooms content`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ContentArgs {
    #[command(flatten)]
    room: RoomArg,
    /// List at most this many entries (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for ContentArgs {
    type Record = EntryRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<EntryRecord>, Failure> {
        let content = session.portal.room(self.room.find(session).await?).content();
        let entries = Listing::new("entries", content.map_ok(EntryRecord), session.terminal);
        Ok(Records::Streamed(entries.limit(self.limit).none("the room is empty")).into())
    }
}
