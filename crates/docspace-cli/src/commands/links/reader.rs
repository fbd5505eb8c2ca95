//! Reading the links of one room or of several.

use std::sync::{Arc, Mutex};

use docspace::people::PersonId;
use docspace::{Access, Portal, Result, Room, RoomLink};
use futures::stream::{self, Stream};
use futures::{StreamExt, TryStreamExt};

use super::owner::Owner;
use crate::args::LinkFilterArgs;
use crate::terminal::{print_lines, print_message};
use crate::text::plain;

/// Number of rooms whose links are read in parallel.
const PARALLEL_READS: usize = 4;

/// Maximum number of rooms that a message names.
const MOST_NAMES: usize = 20;

/// A link, and the room, folder or file that it opens.
#[derive(Clone, Debug)]
pub(super) struct FoundLink {
    pub(super) owner: Arc<Owner>,
    pub(super) link: RoomLink,
}

/// The rooms whose links the caller is not allowed to read, or the folder or file.
#[derive(Clone, Default)]
pub(super) struct Hidden(Arc<Mutex<Vec<String>>>);

impl Hidden {
    fn add(&self, owner: &Owner) {
        if let Ok(mut hidden) = self.0.lock() {
            hidden.push(format!("{}  {}", owner.id().argument(), plain(owner.title())));
        }
    }

    /// Names them on standard error, so that the list does not look complete. `noun` is that of one
    /// of them.
    pub(super) fn print(&self, noun: &str) {
        let Ok(rooms) = self.0.lock() else { return };
        let rooms_are = match rooms.len() {
            0 => return,
            1 => format!("1 {noun} is"),
            count => format!("{count} {noun}s are"),
        };
        print_message(&format!(
            "{rooms_are} left out, because only the owner and the managers of a room see its links:"
        ));
        print_names(&rooms);
    }
}

/// Prints lines on standard error, but not too many.
pub(super) fn print_names(lines: &[String]) {
    for line in lines.iter().take(MOST_NAMES) {
        print_lines(&format!("  {line}\n"));
    }
    if lines.len() > MOST_NAMES {
        print_lines(&format!("  and {} more\n", lines.len() - MOST_NAMES));
    }
}

/// Reads links, and finds out whether an empty list means that the caller is not allowed to read
/// them: the portal answers with an empty list in both cases
/// (docs/portal/links.md#listing-links).
#[derive(Clone)]
pub(super) struct LinkReader {
    portal: Portal,
    /// The caller, if it is needed to find out.
    caller: Option<PersonId>,
    hidden: Hidden,
}

impl LinkReader {
    /// Returns a reader. An archived room does not show whether the caller can read its links, so
    /// with `for_archived` this reads who the caller is.
    pub(super) async fn new(portal: &Portal, for_archived: bool) -> Result<Self> {
        let caller = if for_archived { Some(portal.me().await?.id) } else { None };
        Ok(Self { portal: portal.clone(), caller, hidden: Hidden::default() })
    }

    /// The rooms whose links were not readable.
    pub(super) fn hidden(&self) -> Hidden {
        self.hidden.clone()
    }

    /// Returns the links of these rooms that match the filter, in the order of the rooms.
    pub(super) fn links_of<S>(
        &self,
        rooms: S,
        filter: LinkFilterArgs,
    ) -> impl Stream<Item = Result<FoundLink>> + Send + use<S>
    where
        S: Stream<Item = Result<Room>> + Send + 'static,
    {
        let reader = self.clone();
        let rooms = rooms.map(move |room| {
            let reader = reader.clone();
            async move { reader.read(room?).await }
        });
        let reader = self.clone();
        let links = rooms.buffered(PARALLEL_READS).map_ok(move |read| {
            let links = read.map(|(room, links)| reader.matching(room.into(), links, &filter)).unwrap_or_default();
            stream::iter(links.into_iter().map(Ok))
        });
        links.try_flatten()
    }

    /// Returns the room and its links, or `None` if the room was deleted after it was listed, or if
    /// the portal refuses to show its links.
    async fn read(self, room: Room) -> Result<Option<(Room, Vec<RoomLink>)>> {
        if room.is_active() && !room.security.edit_access {
            return Ok(Some((room, Vec::new())));
        }
        match self.portal.room(&room).links().list().await {
            Ok(links) => Ok(Some((room, links))),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) if error.is_forbidden() => {
                self.hidden.add(&room.into());
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the links that match the filter, with their owner. Remembers the owner if the caller
    /// is not allowed to read its links.
    pub(super) fn matching(&self, owner: Owner, links: Vec<RoomLink>, filter: &LinkFilterArgs) -> Vec<FoundLink> {
        if owner.hides_links() {
            print_message(&format!(
                "the portal does not show the links of a {} in an archived room: restore the room to see them",
                owner.noun()
            ));
        } else if links.is_empty() && !self.may_read(&owner) {
            self.hidden.add(&owner);
        }
        matching(owner, links, filter)
    }

    /// Whether the caller is allowed to read the links (docs/portal/permissions.md#security).
    fn may_read(&self, owner: &Owner) -> bool {
        match owner.room() {
            Some(room) if room.is_archived() => {
                let is_owner = self.caller.is_some() && room.created_by.as_ref().map(|owner| owner.id) == self.caller;
                is_owner || room.access == Access::RoomManager
            }
            _ => owner.shows_links(),
        }
    }
}

/// Returns the links that match the filter, with their owner.
pub(super) fn matching(owner: Owner, links: Vec<RoomLink>, filter: &LinkFilterArgs) -> Vec<FoundLink> {
    let owner = Arc::new(owner);
    let links = links.into_iter().filter(|link| filter.matches(link));
    links.map(|link| FoundLink { owner: Arc::clone(&owner), link }).collect()
}
