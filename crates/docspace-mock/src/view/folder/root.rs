//! A root folder as JSON.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::EntryType;
use crate::state::people::Role;
use crate::state::rights;
use crate::state::rooms::Area;
use crate::view::Written;
use crate::view::employee::employee;
use crate::view::folder::Folder;
use crate::view::folder::parts::ShareRights;
use crate::wire::dates;

/// A root folder. `listed` is the number of rooms on the page if the answer lists the folder.
pub(crate) fn root(portal: &Portal, area: Area, person: Option<Uuid>, listed: Option<usize>) -> Folder {
    let account = person.and_then(|id| portal.people.get(id));
    let role = account.map_or(Role::Guest, |person| person.role);
    let is_open = if area == Area::Archive { role.is_admin() } else { role.manages_rooms() };
    let (files, folders) = counters(portal, area);
    let owner = Written::new(&employee(portal, portal.people.owner()));
    // Saving a file in a room also changes the root folder of rooms.
    let (updated, updated_by) = match portal.rooms.last_save.filter(|_| area == Area::Active) {
        Some((at, by)) => (at, Written::new(&employee(portal, by))),
        None => (portal.founded, owner.clone()),
    };
    let reader = person.filter(|_| listed.is_some() && area == Area::Active);
    let news = reader.map_or(0, |id| {
        let counted = portal.new_files(id).into_iter().filter(|new| !portal.news.is_left_out(id, new.room.id));
        counted.count()
    });
    Folder {
        files_count: files,
        // A list of the archive counts the rooms on its page again.
        new: news as i64,
        folders_count: folders + listed.filter(|_| area == Area::Archive).unwrap_or(0),
        file_entry_type: EntryType::FOLDER,
        id: area.root(),
        root_folder_id: area.root(),
        security: Some(Written::new(&rights::of_root(area, account))),
        available_share_rights: Some(ShareRights { external: None, primary: None }),
        title: area.title().into(),
        access: if is_open { Access::NONE } else { Access::RESTRICT },
        created: dates::write(dates::whole_seconds(portal.founded), portal.zone),
        created_by: Some(owner),
        updated: dates::write(dates::whole_seconds(updated), portal.zone),
        root_folder_type: area.folder_type(),
        parent_room_type: (listed.is_some() && area != Area::Archive).then(|| area.folder_type()),
        updated_by: Some(updated_by),
        ..Folder::default()
    }
}

/// The numbers of files and of folders in a root folder. Only the archive counts what it contains
/// (docs/portal/rooms.md#values).
fn counters(portal: &Portal, area: Area) -> (usize, usize) {
    let counted = portal.rooms.in_area(area).filter(|room| room.area == Area::Archive);
    counted.fold((0, 0), |(files, folders), room| (files + room.files.len(), folders + 1 + room.folder_count()))
}
