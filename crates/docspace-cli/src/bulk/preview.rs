//! Reading rooms and templates before an action on them.

use std::collections::HashMap;

use docspace::{Room, RoomId};
use futures::{StreamExt, TryStreamExt, stream};

use super::Action;
use crate::confirmation::{self, Words};
use crate::failure::Failure;
use crate::output::{Bar, Field, Id, Record};
use crate::session::Session;

/// Number of rooms that are read in parallel.
const PARALLEL_READS: usize = 8;

/// Shows what the action deletes, and asks for the title of a single room or template, or for the
/// number of several. Fails if one of them cannot be read. Returns the titles.
pub(super) async fn confirm(
    session: &Session,
    action: Action,
    ids: &[RoomId],
) -> Result<HashMap<RoomId, String>, Failure> {
    let bar = Bar::start(session.terminal, format!("reading {}s", action.noun()), ids.len());
    let contents = stream::iter(ids).map(|id| {
        let bar = bar.clone();
        async move {
            let content = Content::read(session, action, id).await?;
            bar.done();
            Ok::<_, Failure>(content)
        }
    });
    let contents: Vec<_> = contents.buffered(PARALLEL_READS).try_collect().await?;
    drop(bar);
    let words = Words { noun: action.noun(), name: "title", consequence: "" };
    confirmation::of_deletion(&contents, |content| &content.room.title, &words, session.terminal)?;
    Ok(contents.into_iter().map(|content| (content.room.id, content.room.title)).collect())
}

/// Returns the rooms that already have the state to which the action leads, so that the command can
/// say so to a person. Rooms that cannot be read are left out.
pub(super) async fn unchanged(session: &Session, action: Action, ids: &[RoomId]) -> Vec<RoomId> {
    let is_unchanged: fn(&Room) -> bool = match action {
        Action::ArchiveRooms => Room::is_archived,
        Action::RestoreRooms => Room::is_active,
        Action::DeleteRooms | Action::DeleteTemplates => return Vec::new(),
    };
    if !session.terminal.stderr {
        return Vec::new();
    }
    let rooms = stream::iter(ids).map(|id| {
        let room = session.portal.room(id);
        async move { room.get().await.ok() }
    });
    let rooms: Vec<Option<Room>> = rooms.buffered(PARALLEL_READS).collect().await;
    rooms.into_iter().flatten().filter(is_unchanged).map(|room| room.id).collect()
}

/// A room or template, and what goes with it.
struct Content {
    room: Room,
    members: Option<u64>,
    /// `None` for callers who cannot see the links.
    links: Option<usize>,
}

impl Content {
    async fn read(session: &Session, action: Action, id: &RoomId) -> Result<Self, Failure> {
        let portal = &session.portal;
        if action == Action::DeleteTemplates {
            let room = portal.template(id).get().await?;
            return Ok(Self { room, members: None, links: None });
        }
        let handle = portal.room(id);
        let room = handle.get().await?;
        // The table is a help, so a count that the caller cannot read is left out.
        let links = handle.links();
        let members = handle.members();
        let (members, links) = futures::join!(members.total(), links.list());
        Ok(Self { room, members: members.ok(), links: links.ok().map(|links| links.len()) })
    }
}

impl Record for Content {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the room or template", &|content| Id::from(&content.room.id)),
        Field::<Self>::column("title", "Title", &|content| content.room.title.clone()).priority(90),
        Field::<Self>::column("members", "Number of members", &|content| content.members),
        Field::<Self>::column("links", "Number of links", &|content| content.links),
        Field::<Self>::column("files", "Number of files", &|content| content.room.files_count).priority(60),
        Field::<Self>::column("folders", "Number of folders", &|content| content.room.folders_count),
    ];
}
