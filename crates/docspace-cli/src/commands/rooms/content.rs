//! `docspace rooms content`.

use clap::Args;
use futures::{StreamExt, TryStreamExt};

use crate::args::RoomArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report};
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
    /// List at most this many entries (default: all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for ContentArgs {
    type Record = EntryRecord;

    async fn run(self, session: &Session) -> Result<Report<EntryRecord>, Failure> {
        let content = session.portal.room(self.room.find(session).await?).content();
        let limit = self.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        let _bar = Bar::start(session.terminal, "reading the room", 1);
        let entries = content.take(limit).map_ok(EntryRecord).try_collect().await?;
        Ok(Records::Found(entries, "the room is empty").into())
    }
}
