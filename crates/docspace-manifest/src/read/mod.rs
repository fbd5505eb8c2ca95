//! Reads the actual state from a portal.

mod convert;
mod folders;
mod groups;
mod people;

use convert::{link, member, room};
use docspace::rooms::SearchArea;
use docspace::{Portal, Result, Room};
pub(crate) use folders::named;
use futures::future::{try_join, try_join3};
use futures::{StreamExt, TryStreamExt, stream};
use groups::groups_of_rooms;
use people::accounts;

use crate::actual::{Actual, ActualRoom, ActualTemplate};
use crate::manifest::Settings;
use crate::names::TypeName;
use crate::plan::{Meant, identify};
use crate::values::FolderPath;
use crate::wanted::Wanted;

/// How many rooms are read at the same time. The client keeps to the limits of the portal besides.
const AT_ONCE: usize = 8;

/// Reads what a plan for this wanted state needs: the pages of the lists of rooms, and of each room
/// that the manifest means its links, its members and its folders, if they are managed. Everything
/// else of a room is in the list. Templates, people groups and room groups are read if a room needs
/// them, and so are the covers and each person who is not a member yet.
///
/// # Errors
///
/// The first call that fails.
pub async fn read(portal: &Portal, wanted: &Wanted) -> Result<Actual> {
    let me = portal.my_id().await?;
    let (mut rooms, archived) = try_join(portal.rooms().list().all(), portal.rooms().list().archived().all()).await?;
    rooms.extend(archived);
    let rooms: Vec<ActualRoom> = rooms.iter().filter_map(|listed| room(listed, me.0)).collect();
    let mut actual = Actual { me: me.0, rooms, ..Actual::default() };
    let meant = identify(wanted, &actual.rooms);
    let mut parts = Vec::new();
    let (mut needs_templates, mut needs_groups, mut needs_email) = (false, false, false);
    for (wanted, meant) in wanted.rooms.iter().zip(&meant) {
        let settings = &wanted.room.settings;
        let needed = Parts::managed(settings);
        match meant {
            Ok(Meant::Room(index)) => {
                needs_groups |= settings.room_groups.is_some();
                // A room that stays in the archive, or that the caller does not manage, is not
                // compared.
                let room = &actual.rooms[*index];
                if room.is_mine && (!room.archived || settings.archived == Some(false)) {
                    parts.push((*index, needed));
                }
            }
            Ok(Meant::New) => {
                needs_templates |= wanted.room.template.is_some();
                needs_email |= settings.members.is_some();
            }
            Err(_) => {}
        }
    }
    read_parts(portal, &mut actual.rooms, parts).await?;
    if needs_groups {
        add_groups(portal, &mut actual.rooms).await?;
    }
    if needs_email {
        // A key without a scope for people cannot read it.
        actual.my_email = portal.me().await.ok().and_then(|me| me.email);
    }
    if needs_templates {
        actual.templates = templates(portal).await?;
    }
    if changes_covers(wanted, &meant, &actual) {
        actual.covers = match portal.covers().await {
            Ok(covers) => Some(covers.into_iter().map(|cover| cover.id).collect()),
            Err(error) if error.is_forbidden() => None,
            Err(error) => return Err(error),
        };
    }
    actual.people = accounts(portal, wanted, &meant, &actual).await?;
    if lacks_groups(wanted, &meant, &actual) {
        let groups = portal.people_groups().list().await?;
        actual.people_groups = groups.into_iter().map(|group| (group.id.0, group.name)).collect();
    }
    Ok(actual)
}

/// Reads everything of these rooms, such as for an export.
///
/// # Errors
///
/// The first call that fails.
pub async fn read_all(portal: &Portal, rooms: &[Room]) -> Result<Actual> {
    let me = portal.my_id().await?;
    let rooms: Vec<ActualRoom> = rooms.iter().filter_map(|listed| room(listed, me.0)).collect();
    let mut actual = Actual { me: me.0, rooms, ..Actual::default() };
    let every_part = Parts { links: true, members: true, folders: None };
    let parts = (0..actual.rooms.len()).map(|index| (index, every_part)).collect();
    read_parts(portal, &mut actual.rooms, parts).await?;
    add_groups(portal, &mut actual.rooms).await?;
    Ok(actual)
}

/// Adds the folders of all levels to the rooms that were read, for an export. Needs a request for
/// each room, and one for each folder that contains folders. Folders that a portal made for its own
/// use, such as those for the answers to a form, are left out.
///
/// # Errors
///
/// The first call that fails.
pub async fn read_folders(portal: &Portal, actual: &mut Actual) -> Result<()> {
    let reads: Vec<_> = actual.rooms.iter().map(|room| folders::all(portal, &room.id)).collect();
    let read: Vec<_> = stream::iter(reads).buffered(AT_ONCE).try_collect().await?;
    for (room, folders) in actual.rooms.iter_mut().zip(read) {
        room.folders = Some(folders);
    }
    Ok(())
}

/// The parts of a room that need requests of their own.
#[derive(Clone, Copy)]
struct Parts<'w> {
    links: bool,
    members: bool,
    /// The folders of the manifest.
    folders: Option<&'w [FolderPath]>,
}

impl<'w> Parts<'w> {
    fn managed(settings: &'w Settings) -> Self {
        Self {
            links: settings.links.is_some(),
            members: settings.members.is_some() || settings.groups.is_some(),
            folders: settings.folders.as_deref().filter(|paths| !paths.is_empty()),
        }
    }
}

async fn read_parts(portal: &Portal, rooms: &mut [ActualRoom], parts: Vec<(usize, Parts<'_>)>) -> Result<()> {
    let reads = parts.into_iter().map(|(index, parts)| {
        let handle = portal.room(&rooms[index].id);
        async move {
            let links = async { if parts.links { handle.links().list().await.map(Some) } else { Ok(None) } };
            let members = async { if parts.members { handle.members().list().await.map(Some) } else { Ok(None) } };
            let folders = async {
                match parts.folders {
                    Some(paths) => named(portal, handle.id(), paths).await.map(Some),
                    None => Ok(None),
                }
            };
            try_join3(links, members, folders).await.map(|read| (index, read))
        }
    });
    let reads: Vec<_> = reads.collect();
    let read: Vec<_> = stream::iter(reads).buffer_unordered(AT_ONCE).try_collect().await?;
    for (index, (links, members, folders)) in read {
        rooms[index].folders = folders;
        rooms[index].links = links.map(|links| links.iter().map(link).collect());
        rooms[index].members = members.map(|members| members.iter().filter_map(member).collect());
    }
    Ok(())
}

async fn add_groups(portal: &Portal, rooms: &mut [ActualRoom]) -> Result<()> {
    let groups = groups_of_rooms(portal).await?;
    for room in rooms {
        room.room_groups = Some(groups.get(&room.id).cloned().unwrap_or_default());
    }
    Ok(())
}

async fn templates(portal: &Portal) -> Result<Vec<ActualTemplate>> {
    let templates = portal.rooms().list().area(SearchArea::Templates).all().await?;
    let template =
        |room: Room| ActualTemplate { room_type: TypeName::of(room.room_type), id: room.id, title: room.title };
    Ok(templates.into_iter().map(template).collect())
}

/// Whether a room gets a cover that it does not have.
fn changes_covers(wanted: &Wanted, meant: &[Result<Meant, crate::problem::Problem>], actual: &Actual) -> bool {
    wanted.rooms.iter().zip(meant).any(|(wanted, meant)| {
        let before = match meant {
            Ok(Meant::Room(index)) => actual.rooms[*index].cover.clone().flatten(),
            _ => None,
        };
        matches!(&wanted.room.settings.cover, Some(Some(cover)) if Some(cover) != before.as_ref())
    })
}

/// Whether a people group that a room needs is not a member of it yet, so that its id is not known.
fn lacks_groups(wanted: &Wanted, meant: &[Result<Meant, crate::problem::Problem>], actual: &Actual) -> bool {
    wanted.rooms.iter().zip(meant).any(|(wanted, meant)| {
        let members = match meant {
            Ok(Meant::Room(index)) => actual.rooms[*index].members.as_deref().unwrap_or_default(),
            _ => &[],
        };
        let is_member = |name: &String| members.iter().any(|member| member.is_group && member.name == *name);
        wanted.room.settings.groups.iter().flatten().any(|(name, _)| !is_member(name))
    })
}
