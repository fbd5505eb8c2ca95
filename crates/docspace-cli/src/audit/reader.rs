//! Reading the selected rooms, their members and their links.

use std::collections::HashMap;
use std::sync::Arc;

use docspace::members::{Member, MemberId};
use docspace::people::{PersonId, PersonType, Profile};
use docspace::rooms::SearchArea;
use docspace::{Access, Error, ErrorKind, Room, RoomLink};
use futures::{StreamExt, TryStreamExt, stream};

use super::rules::room_name;
use crate::args::{AreaArgs, RoomFilterArgs};
use crate::failure::Failure;
use crate::login;
use crate::output::{Bar, local_zone};
use crate::records::person::type_of;
use crate::report::{About, Unread};
use crate::session::Session;
use crate::text::{counted, plain};

/// Number of rooms whose members and links are read in parallel.
const PARALLEL_READS: usize = 4;

const OWNERS_ONLY: &str = "only the owner and the managers of a room can read its links";
const MEMBERS_ONLY: &str = "only the members of a room and the administrators of the portal can read them";

/// The rooms to read.
pub(crate) struct Selection {
    pub(crate) area: AreaArgs,
    pub(crate) filter: RoomFilterArgs,
}

/// What to read of each room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parts {
    Members,
    Links,
    MembersAndLinks,
}

/// A room with what the caller can read of it.
pub(super) struct RoomContent {
    pub(super) room: Arc<Room>,
    pub(super) members: Vec<Member>,
    pub(super) links: Vec<RoomLink>,
    /// Whether the room can have links that the caller cannot read.
    pub(super) hides_links: bool,
    unread: Vec<(&'static str, String)>,
}

/// Reads the portal for an audit, with the account of the current login.
pub(crate) struct Reader<'s> {
    pub(super) session: &'s Session,
    me: PersonId,
    profile: Option<Profile>,
}

impl<'s> Reader<'s> {
    /// Reads the account of the current login.
    pub(crate) async fn new(session: &'s Session) -> Result<Self, Failure> {
        let profile = login::profile(&session.portal).await?;
        let me = match &profile {
            Some(profile) => profile.id,
            None => session.portal.my_id().await?,
        };
        Ok(Self { session, me, profile })
    }

    /// Whether the account sees all people and all rooms of the portal.
    pub(super) fn sees_everything(&self) -> bool {
        self.profile.as_ref().is_none_or(|me| me.is_owner || me.person_type() == Some(PersonType::DocSpaceAdmin))
    }

    /// Reads the selected rooms, page by page.
    pub(super) async fn rooms(&self, selection: Selection) -> Result<(Vec<Room>, About), Failure> {
        let _bar = Bar::start(self.session.terminal, "reading rooms", 1);
        let area = selection.area.area();
        let rooms: Vec<Room> = selection.filter.list(area, self.session).await?.stream().try_collect().await?;
        let about = self.about(area, rooms.len());
        Ok((rooms, about))
    }

    /// Reads the parts of all rooms. The rooms stay in their order.
    pub(super) async fn contents(
        &self,
        rooms: Vec<Room>,
        parts: Parts,
    ) -> Result<(Vec<RoomContent>, Vec<Unread>), Failure> {
        let activity = match parts {
            Parts::Members => "reading the members of rooms",
            Parts::Links => "reading the links of rooms",
            Parts::MembersAndLinks => "reading the members and links of rooms",
        };
        let bar = &Bar::start(self.session.terminal, activity, rooms.len());
        let contents = stream::iter(rooms).map(|room| async move {
            let content = self.content(room, parts).await;
            bar.done();
            content
        });
        let mut contents: Vec<_> = contents.buffered(PARALLEL_READS).try_collect().await?;
        let mut unread = Vec::new();
        for content in &mut contents {
            for (part, reason) in std::mem::take(&mut content.unread) {
                add_unread(&mut unread, part, reason, room_name(&content.room));
            }
        }
        Ok((contents, unread))
    }

    async fn content(&self, room: Room, parts: Parts) -> Result<RoomContent, Failure> {
        let handle = self.session.portal.room(&room);
        let mut unread = Vec::new();
        let mut members = Vec::new();
        if parts != Parts::Links {
            match handle.members().list().await {
                Ok(list) => members = list,
                Err(error) => unread.push(("members", reason(error)?)),
            }
            // Every room that the caller can read lists its owner
            // (docs/portal/members.md#who-may-read-the-list).
            if members.is_empty() && unread.is_empty() {
                unread.push(("members", MEMBERS_ONLY.to_owned()));
            }
        }
        let mut links = Vec::new();
        let mut hides_links = false;
        if parts != Parts::Members {
            match handle.links().list().await {
                Ok(list) if list.is_empty() && !self.manages(&room, &members).await? => {
                    hides_links = true;
                    unread.push(("links", OWNERS_ONLY.to_owned()));
                }
                Ok(list) => links = list,
                Err(error) => {
                    hides_links = true;
                    unread.push(("links", reason(error)?));
                }
            }
        }
        Ok(RoomContent { room: Arc::new(room), members, links, hides_links, unread })
    }

    /// Whether the caller can read the links of this room. The portal returns an empty list to
    /// other callers (docs/portal/links.md#listing-links).
    async fn manages(&self, room: &Room, members: &[Member]) -> Result<bool, Failure> {
        if room.security.edit_access || room.created_by.as_ref().is_some_and(|owner| owner.id == self.me) {
            return Ok(true);
        }
        // Only in the archive do managers have the same rights as other members.
        if !room.is_archived() {
            return Ok(false);
        }
        let is_manager = |member: &Member| {
            member.id() == Some(MemberId(self.me.0)) && (member.is_owner || member.access == Access::RoomManager)
        };
        if !members.is_empty() {
            return Ok(members.iter().any(is_manager));
        }
        match self.session.portal.room(room).members().list().await {
            Ok(members) => Ok(members.iter().any(is_manager)),
            Err(error) => reason(error).map(|_| false),
        }
    }

    fn about(&self, area: SearchArea, count: usize) -> About {
        let account = match &self.profile {
            Some(me) => {
                let (name, email) =
                    (plain(&me.display_name), plain(me.email.as_deref().unwrap_or("no e-mail address")));
                format!("{name} <{email}>, {}", type_of(me).map_or("unknown type", |name| name.0))
            }
            None => format!("{}, whose profile the API key cannot read", self.me.0),
        };
        let rooms = match area {
            SearchArea::Active => counted(count, "active room", "active rooms"),
            SearchArea::Archive => counted(count, "archived room", "archived rooms"),
            _ => counted(count, "active or archived room", "active and archived rooms"),
        };
        // Other accounts see only the rooms that are shared with them
        // (docs/portal/lists.md#visible-rooms).
        let rooms = if self.sees_everything() { rooms } else { format!("{rooms} that this account can see") };
        let arguments: Vec<_> = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
        About {
            portal: self.session.portal.url().as_str().trim_end_matches('/').to_owned(),
            account,
            rooms,
            command: plain(&format!("docspace {}", shell_words::join(arguments))),
            time: jiff::Timestamp::now().to_zoned(local_zone()),
        }
    }
}

/// Adds a room to those whose part cannot be read for the same reason.
pub(super) fn add_unread(unread: &mut Vec<Unread>, part: &'static str, reason: String, room: String) {
    match unread.iter_mut().find(|other| other.part == part && other.reason == reason) {
        Some(other) => other.rooms.push(room),
        None => unread.push(Unread { part, reason, rooms: vec![room] }),
    }
}

/// Returns the reason why one part of the portal cannot be read. Fails for an error that concerns
/// the whole audit.
pub(super) fn reason(error: Error) -> Result<String, Failure> {
    match error.kind() {
        ErrorKind::Forbidden | ErrorKind::NotFound | ErrorKind::Server | ErrorKind::Decode => {
            Ok(Failure::from(error).message().to_owned())
        }
        _ => Err(error.into()),
    }
}

/// Counts the lines of each room, for a chart.
pub(super) fn by_room<'r>(rooms: impl Iterator<Item = &'r Arc<Room>>) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, (String, usize)> = HashMap::new();
    for room in rooms {
        counts.entry(room.id.to_string()).or_insert_with(|| (plain(&room.title), 0)).1 += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort();
    counts
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;
    use docspace_mock::Fault;

    use super::*;
    use crate::testing::mock_session;

    #[tokio::test]
    async fn links_of_own_rooms_are_readable_in_the_archive_too() {
        let (mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Old", RoomType::Custom).send().await.expect("a room").id;
        let room = session.portal.room(&room);
        room.archive().await.expect("accepted").wait().await.expect("archived");
        let reader = Reader::new(&session).await.expect("an account");
        let links = async || {
            let archived = room.get().await.expect("a room");
            reader.contents(vec![archived], Parts::Links).await.expect("links")
        };
        let (contents, unread) = links().await;
        assert!(contents.len() == 1 && !contents[0].hides_links && unread.is_empty(), "{unread:?}");
        mock.faults().next("GET /files/rooms/*/links", Fault::status(403));
        let (contents, unread) = links().await;
        assert!(contents[0].hides_links, "{unread:?}");
        assert!(
            unread[0].note().starts_with("incomplete: the links of 1 room cannot be read (cannot list"),
            "{unread:?}"
        );
        assert!(unread[0].note().ends_with("“Old” (archived)"), "{unread:?}");
    }
}
