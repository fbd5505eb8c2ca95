//! `docspace quotas view`.

use std::cmp::Reverse;

use clap::Args;
use docspace::Room;
use docspace::rooms::SearchArea;
use futures::{StreamExt, TryStreamExt, stream};

use crate::args::RoomsArg;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::QuotaRecord;
use crate::session::Session;

/// Number of rooms that are read in parallel.
const PARALLEL_READS: usize = 16;

const EXAMPLES: &str = r"Examples:
  docspace quotas view 17 18
  docspace quotas view --all --json title,percent --jq '.[] | select(.percent > 80) | .title'";

/// The arguments of `docspace quotas view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("rooms", |arg| {
    arg.required(false).help("Ids, titles or portal addresses of the rooms (default: all active rooms, largest first); `-` reads them \
         from standard input, one per line")
}))]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    rooms: RoomsArg,
    /// Include archived rooms
    #[arg(long, conflicts_with = "rooms")]
    all: bool,
}

impl PortalCommand for ViewArgs {
    type Record = QuotaRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<QuotaRecord>, Failure> {
        let _bar = Bar::start(session.terminal, "reading rooms", 1);
        let mut quotas: Vec<_> = self.read(session).await?.into_iter().map(QuotaRecord).collect();
        if self.rooms.is_empty() {
            quotas.sort_by_key(|quota| Reverse(quota.used()));
        }
        Ok(Records::Found(quotas, "no rooms found").into())
    }
}

impl ViewArgs {
    async fn read(&self, session: &Session) -> Result<Vec<Room>, Failure> {
        let portal = &session.portal;
        if self.rooms.is_empty() {
            let area = if self.all { SearchArea::Any } else { SearchArea::Active };
            return Ok(portal.rooms().list().area(area).all().await?);
        }
        let ids = self.rooms.find(session).await?;
        let rooms = stream::iter(&ids).map(|id| async move { portal.room(id).get().await });
        Ok(rooms.buffered(PARALLEL_READS).try_collect().await?)
    }
}
