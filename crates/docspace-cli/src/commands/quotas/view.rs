//! `docspace quotas view`.

use std::cmp::Reverse;

use clap::Args;
use docspace::rooms::SearchArea;
use docspace::{Portal, Room, RoomId};
use futures::{StreamExt, TryStreamExt, stream};

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report};
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
pub(crate) struct ViewArgs {
    /// Ids of the rooms (default: all active rooms, the largest first)
    #[arg(value_name = "ROOM")]
    ids: Vec<RoomId>,
    /// Include archived rooms
    #[arg(long, conflicts_with = "ids")]
    all: bool,
}

impl PortalCommand for ViewArgs {
    type Record = QuotaRecord;

    async fn run(self, session: &Session) -> Result<Report<QuotaRecord>, Failure> {
        let portal = &session.portal;
        let _bar = Bar::start(session.terminal, "reading rooms", 1);
        let mut quotas: Vec<_> = self.rooms(portal).await?.into_iter().map(QuotaRecord).collect();
        if self.ids.is_empty() {
            quotas.sort_by_key(|quota| Reverse(quota.used()));
        }
        Ok(Records::Found(quotas, "no rooms found").into())
    }
}

impl ViewArgs {
    async fn rooms(&self, portal: &Portal) -> Result<Vec<Room>, Failure> {
        if self.ids.is_empty() {
            let area = if self.all { SearchArea::Any } else { SearchArea::Active };
            return Ok(portal.rooms().list().area(area).all().await?);
        }
        let rooms = stream::iter(&self.ids).map(|id| async move { portal.room(id).get().await });
        Ok(rooms.buffered(PARALLEL_READS).try_collect().await?)
    }
}
