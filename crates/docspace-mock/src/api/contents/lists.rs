//! Lists of the content of folders (docs/portal/folders-and-files.md#listing-a-folder).

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::api::call::{Call, Missing};
use crate::api::contents::{may_read, room_of, views};
use crate::api::routing::{Route, public};
use crate::api::sorting::saved_order;
use crate::collation::{fold, natural_key};
use crate::numbered::numbered;
use crate::state::content::{File, SubFolder};
use crate::state::entries::{EntryId, FileType, FolderType};
use crate::state::rooms::{Area, Room};
use crate::view::content::without_sharer;
use crate::view::folder::{self, AnswerKind, RoomViews};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[public("GET", "files/{id}", list)];

numbered! {
    /// The kinds of entries to list (FilterType).
    FilterType {
        NONE = 0 "None",
        FILES = 1 "FilesOnly",
        FOLDERS = 2 "FoldersOnly",
        DOCUMENTS = 3 "DocumentsOnly",
        PRESENTATIONS = 4 "PresentationsOnly",
        SPREADSHEETS = 5 "SpreadsheetsOnly",
        IMAGES = 7 "ImagesOnly",
        BY_USER = 8 "ByUser",
        BY_DEPARTMENT = 9 "ByDepartment",
        ARCHIVES = 10 "ArchiveOnly",
        BY_EXTENSION = 11 "ByExtension",
        MEDIA = 12 "MediaOnly",
        FILLING_FORMS_ROOMS = 13 "FillingFormsRooms",
        EDITING_ROOMS = 14 "EditingRooms",
        CUSTOM_ROOMS = 17 "CustomRooms",
        PUBLIC_ROOMS = 20 "PublicRooms",
        PDF = 22 "Pdf",
        PDF_FORMS = 23 "PdfForm",
        VIRTUAL_DATA_ROOMS = 24 "VirtualDataRooms",
        DIAGRAMS = 25 "DiagramsOnly",
        AI_ROOMS = 26 "AiRooms",
    }
}

impl FilterType {
    /// The type of the listed files, or `None` if the filter does not choose by type.
    fn file_type(self) -> Option<FileType> {
        match self {
            Self::DOCUMENTS => Some(FileType::DOCUMENT),
            Self::PRESENTATIONS => Some(FileType::PRESENTATION),
            Self::SPREADSHEETS => Some(FileType::SPREADSHEET),
            Self::IMAGES => Some(FileType::IMAGE),
            Self::ARCHIVES => Some(FileType::ARCHIVE),
            Self::PDF | Self::PDF_FORMS => Some(FileType::PDF),
            _ => None,
        }
    }

    fn lists_folders(self) -> bool {
        matches!(self, Self::NONE | Self::FOLDERS | Self::BY_USER | Self::BY_DEPARTMENT)
    }

    fn lists_file(self, kind: FileType) -> bool {
        match self {
            Self::FOLDERS
            | Self::DIAGRAMS
            | Self::FILLING_FORMS_ROOMS
            | Self::EDITING_ROOMS
            | Self::CUSTOM_ROOMS
            | Self::PUBLIC_ROOMS
            | Self::VIRTUAL_DATA_ROOMS
            | Self::AI_ROOMS => false,
            Self::MEDIA => matches!(kind, FileType::VIDEO | FileType::AUDIO),
            other => other.file_type().is_none_or(|wanted| wanted == kind),
        }
    }
}

/// The filters and the page in the query.
pub(super) struct Filter {
    kind: FilterType,
    text: String,
    extension: String,
    everywhere: bool,
    made_by: Option<uuid::Uuid>,
    inverted: bool,
    pub(super) start: usize,
    count: usize,
}

impl Filter {
    pub(super) fn read(call: &mut Call<'_>) -> Result<Self, Failure> {
        let query = &mut call.query;
        let count = query.ranged("count", 100, 1, 100);
        let start = query.int("startIndex").unwrap_or(0);
        query.enumeration::<crate::api::sorting::SortOrder>("sortOrder");
        let typed = query.text("filterType").filter(|text| !text.is_empty());
        let kind = typed.and_then(|text| query.enum_value::<FilterType>("filterType", &text));
        let made_by = match query.text("userIdOrGroupId") {
            Some(text) if !text.is_empty() => query.guid("userIdOrGroupId"),
            _ => None,
        };
        let everywhere = query.boolean("withSubFolders").unwrap_or(false);
        let inverted = query.boolean("excludeSubject").unwrap_or(false);
        query.finish()?;
        let start = usize::try_from(start).map_err(|_| {
            let text = format!(
                "from ('{start}') must be greater than or equal to '0'. (Parameter 'from')\nActual value was {start}."
            );
            Failure::Thrown(Exception::ArgumentOutOfRange, Message::Plain(text))
        })?;
        let kind = kind.unwrap_or(FilterType::NONE);
        let extension = query.text("extension").unwrap_or_default().to_lowercase();
        Ok(Self {
            kind,
            text: fold(&query.text("filterValue").unwrap_or_default()),
            extension: extension.trim_start_matches('.').to_owned(),
            // With a filter by type the portal searches every depth.
            everywhere: everywhere || kind != FilterType::NONE,
            made_by,
            inverted,
            start,
            count: usize::try_from(count).unwrap_or(100),
        })
    }

    fn fits(&self, title: &str, created_by: uuid::Uuid) -> bool {
        let fits_person = self.made_by.is_none_or(|person| (person == created_by) != self.inverted);
        fits_person && (self.text.is_empty() || fold(title).contains(&self.text))
    }

    fn folders<'a>(&self, room: &'a Room, id: i64, parents: &[i64]) -> Vec<&'a SubFolder> {
        let is_here = |folder: &&SubFolder| folder.id != id && self.is_in(folder.parent, id, parents);
        let fits = |folder: &&SubFolder| self.kind.lists_folders() && self.fits(&folder.title, folder.created_by);
        room.folders.iter().filter(is_here).filter(fits).collect()
    }

    fn files<'a>(&self, room: &'a Room, id: i64, parents: &[i64]) -> Vec<&'a File> {
        let fits = |file: &&File| {
            let extension = file.extension();
            self.kind.lists_file(FileType::of_extension(&extension))
                && (self.extension.is_empty() || extension.trim_start_matches('.') == self.extension)
                && self.fits(&file.title, file.created_by)
        };
        room.files.iter().filter(|file| self.is_in(file.parent, id, parents)).filter(fits).collect()
    }

    fn is_in(&self, parent: i64, id: i64, parents: &[i64]) -> bool {
        if self.everywhere { parents.contains(&parent) } else { parent == id }
    }
}

/// Lists a folder. Paths such as `files/room`, with any one segment after `files`, are also calls
/// to list a folder (docs/portal/requests-and-answers.md#addresses).
fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.caller.person.is_none() && call.parameter("id").parse::<i32>().is_err() {
        // The other folders, such as `files/@my`, belong to a person.
        return Err(Failure::Empty(401));
    }
    let filter = Filter::read(call)?;
    let id = call.id()?;
    if let Some(area) = Area::of_root(id).filter(|_| call.caller.person.is_some()) {
        return Ok(Reply::one(&list_rooms(call, area)));
    }
    Ok(Reply::one(&list_folder(call, id, &filter)?))
}

/// Lists a room, a folder, or a person's own root folder.
pub(super) fn list_folder(call: &mut Call<'_>, id: i64, filter: &Filter) -> Result<Value, Failure> {
    let room = room_of(call, id, Missing::Folder)?;
    if !may_read(call, room, EntryId::folder(id)) {
        return Err(Failure::refused(Message::CannotViewFolder));
    }
    if room.area == Area::Trash && room.id != id {
        let text = "You are not allowed to preview the elements in the Trash";
        return Err(Failure::refused(Message::plain(text)));
    }
    let (order, descending) = saved_order(call);
    let room = room_of(call, id, Missing::Folder)?;
    let parents = if room.area == Area::Trash {
        vec![id]
    } else if room.id == id {
        std::iter::once(id).chain(room.folders.iter().map(|folder| folder.id)).collect()
    } else {
        room.tree(id)
    };
    let mut folders = filter.folders(room, id, &parents);
    let mut files = filter.files(room, id, &parents);
    let total = folders.len() + files.len();
    sort(call, room, &order, descending, &mut folders, &mut files);
    let views = views(call, room);
    let page = |length: usize, skipped: usize| (filter.start.saturating_sub(skipped).min(length), length);
    let (start, length) = page(folders.len(), 0);
    let mut folder_views: Vec<Value> =
        folders[start..length].iter().take(filter.count).map(|folder| views.listed_folder(folder)).collect();
    let (start, length) = page(files.len(), folders.len());
    let left = filter.count - folder_views.len();
    let mut file_views: Vec<Value> =
        files[start..length].iter().take(left).map(|file| views.listed_file(file)).collect();
    for (place, view) in folder_views.iter_mut().chain(&mut file_views).enumerate() {
        views.add_state_of(view);
        // The first entry of a list does not name who shared it (recordings content/folders and
        // rooms/news).
        if place == 0 {
            *view = without_sharer(view.take());
        }
    }
    views.mark_external(id, folder_views.iter_mut().chain(&mut file_views));
    let inner = room.folder(id);
    let mut current = match inner {
        Some(inner) => views.folder(inner),
        None if room.area.is_personal() => folder::own(call.portal, room, true),
        None => json!(folder::room(call.portal, room, call.viewer(), AnswerKind::Opened)),
    };
    if inner.is_some() {
        views.add_state_of(&mut current);
        if views.permissions.can_share_content(room) {
            current["isShareable"] = Value::from(true);
        }
    }
    Ok(json!({
        "count": folder_views.len() + file_views.len(),
        "files": file_views,
        "folders": folder_views,
        "current": current,
        "pathParts": views.shared_path(id).unwrap_or_else(|| path(call, room, id)),
        "startIndex": filter.start,
        "total": total,
        // The owner of the room gets 0 (recording rooms/news).
        "new": if views.permissions.creator { 0 } else { new_below(call, id) },
    }))
}

/// The number of news below a folder.
fn new_below(call: &Call<'_>, folder: i64) -> usize {
    call.caller.person.map_or(0, |person| call.portal.new_files_in(person, folder).len())
}

/// Sorts the entries. In a room with indexing the index decides, whatever the request asks for; in
/// another room the order of the index lists nothing.
fn sort(
    call: &Call<'_>,
    room: &Room,
    order: &str,
    descending: bool,
    folders: &mut Vec<&SubFolder>,
    files: &mut Vec<&File>,
) {
    if room.indexing {
        folders.sort_by_key(|folder| (room.index_of(folder.parent, 0), folder.order));
        files.sort_by_key(|file| (room.index_of(file.parent, 0), file.order));
        return;
    }
    if order == "CustomOrder" {
        folders.clear();
        files.clear();
        return;
    }
    let author = |id| call.portal.people.get(id).map(|person| fold(&person.display_name())).unwrap_or_default();
    let directed = |ordering: Ordering| if descending { ordering.reverse() } else { ordering };
    // Entries of one author are in the order in which they were made (recording content/folders).
    let tie = |id: i64, title: &str| (if order == "Author" { id } else { 0 }, natural_key(title));
    folders.sort_by(|left, right| {
        directed(match order {
            "DateAndTime" => left.updated.cmp(&right.updated),
            "DateAndTimeCreation" => left.created.cmp(&right.created),
            "Author" => author(left.created_by).cmp(&author(right.created_by)),
            _ => natural_key(&left.title).cmp(&natural_key(&right.title)),
        })
        .then_with(|| tie(left.id, &left.title).cmp(&tie(right.id, &right.title)))
    });
    files.sort_by(|left, right| {
        directed(match order {
            "DateAndTime" => left.updated.cmp(&right.updated),
            "DateAndTimeCreation" => left.created.cmp(&right.created),
            "Author" => author(left.created_by).cmp(&author(right.created_by)),
            "Size" => left.size.cmp(&right.size),
            "Type" => left.extension().cmp(&right.extension()),
            _ => natural_key(&left.title).cmp(&natural_key(&right.title)),
        })
        .then_with(|| tie(left.id, &left.title).cmp(&tie(right.id, &right.title)))
    });
}

/// The path to a folder in a room, from the root. Anonymous callers do not see the root.
fn path(call: &Call<'_>, room: &Room, id: i64) -> Vec<Value> {
    let mut path = Vec::new();
    if !call.permissions(room).anonymous {
        let root = room.area;
        path.push(json!({"id": room.root(), "title": root.title(), "folderType": root.folder_type()}));
    }
    if !room.area.is_personal() {
        let kind = room.room_type.folder_type();
        path.push(json!({"id": room.id, "title": room.title, "roomType": room.room_type, "folderType": kind}));
    }
    path.extend(
        room.path_to(id)
            .into_iter()
            .map(|inner| json!({"id": inner.id, "title": inner.title, "folderType": FolderType::DEFAULT})),
    );
    path
}

/// Lists the rooms of a root folder.
pub(super) fn list_rooms(call: &Call<'_>, area: Area) -> Value {
    let viewer = call.viewer();
    let is_listed = |room: &&Room| call.portal.permissions(room, viewer.person, viewer.link).can_read(room);
    let rooms = call.portal.rooms.in_area(area).filter(is_listed);
    let mut views = RoomViews::new(call.portal, viewer, AnswerKind::Listed);
    let folders: Vec<_> = rooms.map(|room| views.of(room)).collect();
    let count = folders.len();
    json!({
        "files": [],
        "folders": folders,
        "current": folder::root(call.portal, area, viewer.person, Some(count)),
        "pathParts": [{"id": area.root(), "title": area.title(), "folderType": area.folder_type()}],
        "startIndex": 0,
        "count": count,
        "total": count,
        "new": 0,
    })
}
