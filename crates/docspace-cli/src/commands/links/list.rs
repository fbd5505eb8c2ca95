//! `docspace links list`.

use clap::Args;
use docspace::Room;
use docspace::rooms::SearchArea;
use futures::{StreamExt, TryStreamExt, stream};

use super::owner::Owner;
use super::reader::LinkReader;
use super::scope::{LinkScopeArgs, read_owner};
use crate::args::AreaArgs;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Listing, Records, Report, Shape};
use crate::records::{LinkOwner, LinkRecord};
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r"Examples:
  docspace links list 17
  docspace links list folder:23
  docspace links list --all-rooms --never-expires
  docspace links list --all-rooms --tag client --expires-within 14days
  docspace links list --all-rooms --without-password --json room,title,url";

/// The arguments of `docspace links list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    area: AreaArgs,
    /// List at most this many links (default: 30 on a terminal, otherwise all)
    #[arg(long, short = 'L', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    #[command(flatten)]
    scope: LinkScopeArgs,
}

impl PortalCommand for ListArgs {
    type Record = LinkRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        self.scope.check_rooms(self.area.area())
    }

    async fn run(self, session: &Session) -> Result<Report<LinkRecord>, Failure> {
        let (portal, filter) = (&session.portal, self.scope.links);
        let mut noun = "room";
        let (reader, links, owner_of): (_, _, fn(&Owner) -> LinkOwner) = match &self.scope.room {
            Some(room) => {
                let (owner, links) = read_owner(room, session).await?;
                let is_archived = owner.room().is_some_and(Room::is_archived);
                let reader = LinkReader::new(portal, is_archived && links.is_empty()).await?;
                noun = owner.noun();
                let links = reader.matching(owner, links, &filter);
                (reader, stream::iter(links.into_iter().map(Ok)).boxed(), Owner::only)
            }
            None => {
                let area = self.area.area();
                let rooms = self.scope.rooms.list(area, session).await?;
                let reader = LinkReader::new(portal, area != SearchArea::Active).await?;
                let links = reader.links_of(rooms.stream(), filter).boxed();
                (reader, links, Owner::one_of_several)
            }
        };
        let links = links.map_ok(move |found| LinkRecord(found.link, owner_of(&found.owner)));
        let links = Listing::new("links", links, session.terminal).limit(self.limit);
        Ok(Records::Streamed(links.closing(move || reader.hidden().print(noun))).into())
    }
}
