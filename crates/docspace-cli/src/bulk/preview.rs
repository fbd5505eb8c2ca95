//! Reading rooms and templates before an action on them.

use docspace::{Room, RoomId};
use futures::{StreamExt, TryStreamExt, stream};

use super::Action;
use crate::args::{DryRunArgs, Selection};
use crate::confirmation::{self, Words};
use crate::failure::{Failure, Topic};
use crate::lookup::PARALLEL_READS;
use crate::output::{Bar, Field, Id, Record, Report, instant, table_of};
use crate::prompt;
use crate::session::Session;
use crate::terminal::{Terminal, print_lines, print_message};

/// Returns the rooms or templates with their contents. Reads those that a person named, and fails
/// if one of them cannot be read.
pub(super) async fn contents(
    session: &Session,
    action: Action,
    ids: &[RoomId],
    selection: Selection,
) -> Result<Vec<Content>, Failure> {
    if let Selection::Found(rooms) = selection {
        return Ok(rooms.into_iter().map(|room| Content { room, members: None, links: None }).collect());
    }
    let bar = Bar::start(session.terminal, format!("reading {}s", action.noun()), ids.len());
    let contents = stream::iter(ids).map(|id| {
        let bar = bar.clone();
        async move {
            let content = Content::read(session, action, id).await?;
            bar.done();
            Ok(content)
        }
    });
    contents.buffered(PARALLEL_READS).try_collect().await
}

/// Shows what the action changes, and asks. A deletion needs the title of a single room or
/// template, or the number of several.
pub(super) fn confirm(action: Action, contents: &[Content], terminal: Terminal) -> Result<(), Failure> {
    let these = confirmation::these(contents.len(), "room", "rooms");
    let question = match action {
        Action::DeleteRooms | Action::DeleteTemplates => {
            let words = Words { noun: action.noun(), name: "title", consequence: "" };
            return confirmation::of_deletion(contents, |content| &content.room.title, &words, terminal);
        }
        Action::ArchiveRooms => format!("Archive {these}? Links stop working until a room is restored."),
        Action::RestoreRooms => format!("Restore {these}?"),
    };
    confirmation::show(contents, terminal);
    prompt::confirm(&question)
}

/// Shows all that the action would change.
pub(super) fn dry_run<R>(
    dry_run: &DryRunArgs,
    action: Action,
    contents: Vec<Content>,
    terminal: Terminal,
) -> Report<R> {
    let is_unchanged = is_unchanged(action);
    let (unchanged, changed): (Vec<_>, Vec<_>) = contents.into_iter().partition(|content| is_unchanged(&content.room));
    print_lines(&table_of(&changed, terminal));
    if !unchanged.is_empty() {
        let ids: Vec<_> = unchanged.into_iter().map(|content| content.room.id).collect();
        print_message(&action.already(&ids));
    }
    match changed.as_slice() {
        [] => dry_run.report("change nothing"),
        [only] => dry_run.of_room(action.verb(), &only.room),
        several => dry_run.report(&format!("{} {}", action.verb(), action.counted(several.len()))),
    }
}

/// Returns the failure for a template among rooms.
pub(super) fn is_template(template: &Room) -> Failure {
    Failure::usage(format!("`{}` ({}) is a template, not a room", template.title, template.id))
        .advise("use `docspace templates delete` for templates")
        .explained_by(Topic::TEMPLATES_IN_LISTS)
}

/// Returns whether a room already has the state to which the action leads.
fn is_unchanged(action: Action) -> fn(&Room) -> bool {
    match action {
        Action::ArchiveRooms => Room::is_archived,
        Action::RestoreRooms => Room::is_active,
        Action::DeleteRooms | Action::DeleteTemplates => |_| false,
    }
}

/// Returns the rooms that already have the state to which the action leads, so that the command can
/// say so to a person. Rooms that cannot be read are left out.
pub(super) async fn unchanged(session: &Session, action: Action, ids: &[RoomId]) -> Vec<RoomId> {
    if action.is_deletion() || !session.terminal.stderr {
        return Vec::new();
    }
    let rooms = stream::iter(ids).map(|id| {
        let room = session.portal.room(id);
        async move { room.get().await.ok() }
    });
    let rooms: Vec<Option<Room>> = rooms.buffered(PARALLEL_READS).collect().await;
    rooms.into_iter().flatten().filter(is_unchanged(action)).map(|room| room.id).collect()
}

/// Reads the titles of rooms or templates before they are deleted. Those that cannot be read are
/// left out.
pub(super) async fn titles(session: &Session, action: Action, ids: &[RoomId]) -> Vec<(RoomId, String)> {
    let reads = stream::iter(ids).map(|id| async move {
        let room = match action {
            Action::DeleteTemplates => session.portal.template(id).get().await,
            _ => session.portal.room(id).get().await,
        };
        room.ok().map(|room| (id.clone(), room.title))
    });
    reads.buffered(PARALLEL_READS).filter_map(async |title| title).collect().await
}

/// A room or template, and what goes with it.
pub(super) struct Content {
    pub(super) room: Room,
    /// `None` if the members are not counted.
    members: Option<u64>,
    /// `None` if the links are not counted, and for callers who cannot see them.
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
        if room.is_template() {
            return Err(is_template(&room));
        }
        if !action.is_deletion() {
            return Ok(Self { room, members: None, links: None });
        }
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
        Field::<Self>::column("updated", "Time of the last change", &|content| instant(content.room.updated))
            .never_cut()
            .priority(70),
        Field::<Self>::column("members", "Number of members", &|content| content.members).optional(),
        Field::<Self>::column("links", "Number of links", &|content| content.links).optional(),
        Field::<Self>::column("files", "Number of files", &|content| content.room.files_count).priority(60),
        Field::<Self>::column("folders", "Number of folders", &|content| content.room.folders_count),
    ];
}
