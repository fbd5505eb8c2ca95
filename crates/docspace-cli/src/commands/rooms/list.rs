//! `docspace rooms list`.

use clap::Args;
use docspace::RoomType;
use docspace::rooms::SearchArea;
use futures::TryStreamExt;

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms list --type custom --tag audit
  docspace rooms list --tag closed | docspace rooms archive -
  docspace rooms list --json id,title,tags --jq '.[] | select(.tags == []) | .title'"#;

/// The flags of `docspace rooms list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// List archived rooms instead of active ones
    #[arg(long, conflicts_with = "all")]
    archived: bool,
    /// Include archived rooms
    #[arg(long)]
    all: bool,
    /// List only rooms of this type; repeat the flag to include other types
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true)]
    room_types: Vec<RoomType>,
    /// List only rooms with this tag; repeat the flag to include other tags
    #[arg(long = "tag", value_name = "TAG", value_parser = values::text, allow_hyphen_values = true)]
    tags: Vec<String>,
    /// List only rooms whose title contains this text
    #[arg(long, value_name = "TEXT", value_parser = values::text, allow_hyphen_values = true)]
    search: Option<String>,
    /// List at most this many rooms (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

impl PortalCommand for ListArgs {
    type Record = RoomRecord;

    async fn run(self, session: &Session) -> Result<Report<RoomRecord>, Failure> {
        let mut list = session.portal.rooms().list();
        if self.archived {
            list = list.archived();
        } else if self.all {
            list = list.area(SearchArea::Any);
        }
        list = self.room_types.into_iter().fold(list, |list, room_type| list.room_type(room_type));
        list = list.tags(self.tags);
        if let Some(text) = self.search {
            list = list.search(text);
        }
        let total = list.clone();
        let rooms = Listing::new("rooms", list.stream().map_ok(RoomRecord), session.terminal);
        Ok(Records::Streamed(rooms.limit(self.limit).total(async move { total.total().await })).into())
    }
}
