//! `docspace tags list`.

use clap::Args;
use docspace::Portal;
use docspace::rooms::SearchArea;
use futures::TryStreamExt;

use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report};
use crate::records::TagRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace tags list
  docspace tags list --json tag,rooms --jq '.[] | select(.rooms == 0) | .tag'";

/// The flags of `docspace tags list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// List only tags that contain this text
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
}

impl PortalCommand for ListArgs {
    type Record = TagRecord;

    async fn run(self, session: &Session) -> Result<Report<TagRecord>, Failure> {
        let portal = &session.portal;
        let _bar = Bar::start(session.terminal, "reading tags", 1);
        let mut tags = portal.tags().list().await?;
        let text = self.search.unwrap_or_default().to_lowercase();
        tags.retain(|tag| tag.to_lowercase().contains(&text));
        let used = tags_of_rooms(portal).await?;
        let record = |tag: String| {
            let key = tag.to_lowercase();
            let rooms = used.as_ref().map(|used| used.iter().filter(|other| **other == key).count());
            TagRecord { tag, rooms }
        };
        Ok(Records::Found(tags.into_iter().map(record).collect(), "no tags found").into())
    }
}

/// Returns the tags of all rooms, in lower case: a portal ignores the case of tags. `None` for an
/// API key that cannot read rooms.
async fn tags_of_rooms(portal: &Portal) -> Result<Option<Vec<String>>, Failure> {
    let rooms = portal.rooms().list().area(SearchArea::Any).stream();
    let mut rooms = match rooms.try_collect::<Vec<_>>().await {
        Err(error) if error.is_forbidden() => return Ok(None),
        outcome => outcome?,
    };
    Ok(Some(rooms.iter_mut().flat_map(|room| std::mem::take(&mut room.tags)).map(|tag| tag.to_lowercase()).collect()))
}
