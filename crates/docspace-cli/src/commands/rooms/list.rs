//! `docspace rooms list`.

use clap::Args;
use docspace::RoomType;
use docspace::rooms::SearchArea;
use futures::{StreamExt, TryStreamExt};

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report};
use crate::records::RoomRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms list --type custom --tag audit
  docspace rooms list --archived --search 2025 | cut -f1 | xargs docspace rooms delete --yes
  docspace rooms list --json id,title,tags --jq '.[] | select(.tags == []) | .title'"#;

/// Which rooms to list: the active ones, unless asked for others.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// Those in the archive
    #[arg(long, conflicts_with = "all")]
    archived: bool,
    /// Those in the archive too
    #[arg(long)]
    all: bool,
    /// Only rooms of this type; repeat it for any of several
    #[arg(long = "type", value_name = "TYPE", value_parser = values::room_type(), ignore_case = true)]
    kinds: Vec<RoomType>,
    /// Only rooms with this tag; repeat it for any of several
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Only rooms whose title contains this
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// At most this many
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
        list = self.kinds.into_iter().fold(list, |list, kind| list.kind(kind));
        list = self.tags.into_iter().fold(list, |list, tag| list.tag(tag));
        if let Some(text) = self.search {
            list = list.search(text);
        }
        let limit = self.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        let _bar = Bar::start(session.terminal, "reading rooms", 1);
        let rooms = list.stream().take(limit).map_ok(RoomRecord).try_collect().await?;
        Ok(Records::Found(rooms, "no rooms").into())
    }
}
