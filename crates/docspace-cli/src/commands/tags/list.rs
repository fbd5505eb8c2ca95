//! `docspace tags list`.

use clap::Args;
use docspace::Portal;
use docspace::rooms::{ListRooms, SearchArea};

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::TagRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace tags list
  docspace tags list --json tag,rooms,templates --jq '.[] | select(.rooms + .templates == 0) | .tag'";

/// The flags of `docspace tags list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// List only tags that contain this text
    #[arg(long, value_name = "TEXT", value_parser = values::text, allow_hyphen_values = true)]
    search: Option<String>,
}

impl PortalCommand for ListArgs {
    type Record = TagRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<TagRecord>, Failure> {
        let portal = &session.portal;
        let _bar = Bar::start(session.terminal, "reading tags", 1);
        let mut tags = portal.tags().list().await?;
        let text = self.search.unwrap_or_default().to_lowercase();
        tags.retain(|tag| tag.to_lowercase().contains(&text));
        let tags = records(portal, tags).await?;
        Ok(Records::Found(tags, "no tags found").into())
    }
}

/// Counts the rooms and templates that have each of the tags.
pub(super) async fn records(portal: &Portal, tags: Vec<String>) -> Result<Vec<TagRecord>, Failure> {
    let rooms = tags_of(portal.rooms().list().area(SearchArea::Any)).await?;
    let templates = tags_of(portal.templates().list()).await?;
    let used = rooms.zip(templates);
    let record = |tag: String| {
        let key = tag.to_lowercase();
        let count = |used: &[String]| used.iter().filter(|other| **other == key).count();
        TagRecord { tag, uses: used.as_ref().map(|(rooms, templates)| (count(rooms), count(templates))) }
    };
    Ok(tags.into_iter().map(record).collect())
}

/// Returns the tags of all rooms in a list, in lower case: a portal ignores the case of tags.
/// Returns `None` for an API key that cannot read rooms.
async fn tags_of(rooms: ListRooms) -> Result<Option<Vec<String>>, Failure> {
    let rooms = match rooms.all().await {
        Err(error) if error.is_forbidden() => return Ok(None),
        outcome => outcome?,
    };
    Ok(Some(rooms.into_iter().flat_map(|room| room.tags).map(|tag| tag.to_lowercase()).collect()))
}
