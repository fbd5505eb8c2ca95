//! `docspace rooms list`.

use clap::Args;
use docspace::{RoomType, SearchArea};
use futures::{StreamExt, TryStreamExt};

use super::RoomRecord;
use crate::app::App;
use crate::failure::Failure;
use crate::output::{Bar, OutputArgs};
use crate::values;

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
    #[command(flatten)]
    output: OutputArgs,
}

impl ListArgs {
    pub(super) async fn run(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app)?;
        let portal = app.portal()?;
        let mut list = portal.rooms().list();
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
        let bar = Bar::start(app.terminal, "reading rooms", 1);
        let rooms: Vec<_> = list.stream().take(limit).map_ok(RoomRecord).try_collect().await?;
        drop(bar);
        printer.found(&rooms, "no rooms")
    }
}
