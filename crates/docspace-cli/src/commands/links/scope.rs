//! The arguments that select links: in one room, folder or file, or in all rooms.

use clap::{ArgGroup, Args};
use docspace::rooms::SearchArea;
use docspace::{Room, RoomLink};
use futures::TryStreamExt;

use super::link_name::LinkName;
use super::owner::Owner;
use super::reader::{self, FoundLink, LinkReader};
use crate::args::{LinkFilterArgs, LinkPlace, RoomFilterArgs};
use crate::failure::Failure;
use crate::lookup::Kind;
use crate::output::Bar;
use crate::session::Session;

/// The rooms, and the filters of links.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("rooms").args(["room", "all_rooms"]).required(true))]
pub(super) struct LinkScopeArgs {
    /// Id, title or portal address of the room (see `docspace rooms list`), or `folder:ID` or
    /// `file:ID` for the links of a folder or file
    #[arg(value_name = "ROOM", index = 1)]
    pub(super) room: Option<LinkPlace>,
    /// Select the links of all rooms; to select rooms, add filters such as --tag
    #[arg(long)]
    pub(super) all_rooms: bool,
    #[command(flatten)]
    pub(super) links: LinkFilterArgs,
    #[command(flatten)]
    pub(super) rooms: RoomFilterArgs,
}

impl LinkScopeArgs {
    /// Fails if flags select rooms although a room is named.
    pub(super) fn check_rooms(&self, area: SearchArea) -> Result<(), Failure> {
        let selects_rooms = !self.rooms.is_empty() || area != SearchArea::Active;
        if self.all_rooms || !selects_rooms {
            return Ok(());
        }
        Err(Failure::usage("some of the flags select rooms, but a ROOM is given")
            .advise("leave out the ROOM and add --all-rooms, or leave out the flags that select rooms, such as --tag"))
    }

    /// Fails unless either links are named or a filter selects them.
    pub(super) fn check(&self, has_names: bool, advice: &str) -> Result<(), Failure> {
        self.check_rooms(SearchArea::Active)?;
        let what = match (self.all_rooms, has_names, self.links.is_set()) {
            (true, true, _) => "a LINK belongs to one room, so it cannot be combined with --all-rooms",
            (false, true, true) => "a filter selects links, so it cannot be combined with a LINK",
            (true, false, false) => "this would concern all links of the portal",
            (false, false, false) => "it is not clear which links of the room are meant",
            _ => return Ok(()),
        };
        Err(Failure::usage(what).advise(advice))
    }

    /// Returns the selected links: those with these names, or those that match the filters. Reads
    /// all of them before it returns, so that a wrong name stops the command before it begins.
    pub(super) async fn find(self, names: &[LinkName], session: &Session) -> Result<Vec<FoundLink>, Failure> {
        let Some(place) = &self.room else {
            let rooms = self.rooms.list(SearchArea::Active, session).await?;
            let reader = LinkReader::new(&session.portal, false).await?;
            let bar = Bar::start(session.terminal, "reading links", 1);
            let links = reader.links_of(rooms.stream(), self.links).try_collect().await?;
            drop(bar);
            reader.hidden().print("room");
            return Ok(links);
        };
        let (owner, links) = read_owner(place, session).await?;
        if names.is_empty() {
            let is_archived = owner.room().is_some_and(Room::is_archived);
            let (noun, reader) =
                (owner.noun(), LinkReader::new(&session.portal, is_archived && links.is_empty()).await?);
            let found = reader.matching(owner, links, &self.links);
            // Without this note, an empty list would look as if there were no links.
            reader.hidden().print(noun);
            return Ok(found);
        }
        let mut named: Vec<RoomLink> = Vec::with_capacity(names.len());
        for name in names {
            let link = name.find(&owner, &links)?;
            if named.iter().all(|other| other.id() != link.id()) {
                named.push(link.clone());
            }
        }
        Ok(reader::matching(owner, named, &LinkFilterArgs::default()))
    }
}

/// Returns a room, folder or file and its links.
pub(super) async fn read_owner(place: &LinkPlace, session: &Session) -> Result<(Owner, Vec<RoomLink>), Failure> {
    let portal = &session.portal;
    let LinkPlace::Room(name) = place else {
        let owner = Owner::read(place, portal).await?;
        let links = owner.links(portal).list().await?;
        return Ok((owner, links));
    };
    let handle = portal.room(name.find(portal, Kind::Room).await?);
    let links = handle.links();
    let (room, links) = futures::join!(handle.get(), links.list());
    let links = links?;
    Ok((room?.into(), links))
}
