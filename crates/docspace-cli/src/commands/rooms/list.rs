//! `docspace rooms list`.

use std::cmp::Reverse;

use clap::{Args, ValueEnum};
use docspace::Room;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};

use crate::args::{AreaArgs, RoomFilterArgs};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms list --type custom --tag audit
  docspace rooms list --tag closed | docspace rooms archive -
  docspace rooms list --older-than 1year --sort updated --reverse
  docspace rooms list --json id,title,tags --jq '.[] | select(.tags == []) | .title'"#;

/// The flags of `docspace rooms list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    area: AreaArgs,
    /// Sort the rooms: by title from A to Z, by dates from new to old, by sizes from large to small
    /// (default: pinned rooms first, then in the order that you last chose on the portal)
    #[arg(long, value_name = "FIELD", ignore_case = true)]
    sort: Option<SortKey>,
    /// Reverse the order of --sort
    #[arg(long, requires = "sort")]
    reverse: bool,
    /// List at most this many rooms (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    #[command(flatten)]
    filter: RoomFilterArgs,
}

impl PortalCommand for ListArgs {
    type Record = RoomRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let rooms = self.filter.list(self.area.area(), session).await?;
        let total = rooms.total();
        let rooms = match self.sort {
            None => rooms.stream(),
            Some(key) => sorted(rooms.stream(), key, self.reverse),
        };
        let rooms = Listing::new("rooms", rooms.map_ok(RoomRecord), session.terminal).limit(self.limit);
        Ok(Records::Streamed(match total {
            Some(total) => rooms.total(total),
            None => rooms,
        })
        .into())
    }
}

/// The fields by which rooms can be sorted.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SortKey {
    Title,
    Type,
    Created,
    Updated,
    UsedSpace,
}

impl SortKey {
    fn sort(self, rooms: &mut [Room]) {
        match self {
            Self::Title => rooms.sort_by_cached_key(|room| room.title.to_lowercase()),
            Self::Type => rooms.sort_by_cached_key(|room| room.room_type.to_string()),
            Self::Created => rooms.sort_by_key(|room| Reverse(room.created)),
            Self::Updated => rooms.sort_by_key(|room| Reverse(room.updated)),
            Self::UsedSpace => rooms.sort_by_key(|room| Reverse(room.used_space)),
        }
    }
}

/// Reads all rooms and sorts them here. The portal would save an order that it is asked for as the
/// person's default, and lists pinned rooms first in any order.
fn sorted(
    rooms: BoxStream<'static, docspace::Result<Room>>,
    key: SortKey,
    reverse: bool,
) -> BoxStream<'static, docspace::Result<Room>> {
    let rooms = async move {
        let mut rooms: Vec<Room> = rooms.try_collect().await?;
        key.sort(&mut rooms);
        if reverse {
            rooms.reverse();
        }
        Ok::<_, docspace::Error>(stream::iter(rooms.into_iter().map(Ok)))
    };
    stream::once(rooms).try_flatten().boxed()
}
