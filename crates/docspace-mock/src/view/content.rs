//! Folders and files inside rooms as JSON (recording templates/with-files).

use serde_json::{Value, json};

use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::{EntryType, FileType, FolderType};
use crate::state::rights;
use crate::state::rooms::{Area, File, Room, SubFolder};
use crate::view::employee::employee;
use crate::wire::{bytes, dates};

/// Number of files and folders directly in a folder.
fn counts(room: &Room, id: i64) -> (usize, usize) {
    let files = room.files.iter().filter(|file| file.parent == id).count();
    (files, room.folders.iter().filter(|folder| folder.parent == id).count())
}

/// A folder in a room. `writes` is whether the caller may change the content of the room.
pub(crate) fn folder(portal: &Portal, room: &Room, folder: &SubFolder, writes: bool) -> Value {
    let (files, folders) = counts(room, folder.id);
    let template = room.area == Area::Templates;
    let shares = writes && !template;
    let at = dates::write(dates::whole_seconds(folder.created), portal.zone);
    let rights = json!(["Editing", "Review", "Comment", "Read", "None"]);
    let mut view = json!({
        "parentId": folder.parent,
        "filesCount": files,
        "foldersCount": folders,
        "new": 0,
        "mute": false,
        "pinned": false,
        "private": false,
        "indexing": false,
        "denyDownload": false,
        "fileEntryType": EntryType::FOLDER,
        "id": folder.id,
        "rootFolderId": room.area.root(),
        "canShare": shares,
        "security": rights::of_folder(writes, template),
        "availableShareRights": {"ExternalLink": rights, "PrimaryExternalLink": rights},
        "title": folder.title,
        "access": Access::NONE,
        "shared": false,
        "sharedForUser": false,
        "sharedExternal": false,
        "parentShared": false,
        "shortWebUrl": "",
        "created": at,
        "createdBy": employee(portal, folder.created_by),
        "updated": at,
        "rootFolderType": room.area.folder_type(),
        "updatedBy": employee(portal, folder.created_by),
    });
    add_room_type(&mut view, room);
    if shares {
        view["shareSettings"] = json!({"ExternalLink": 6});
    }
    if folder.system_type != FolderType::DEFAULT {
        view["type"] = json!(folder.system_type);
    }
    view
}

/// A file in a room. `writes` is whether the caller may change the content of the room.
pub(crate) fn file(portal: &Portal, room: &Room, file: &File, writes: bool) -> Value {
    let shares = writes && room.area != Area::Templates;
    let address = format!("{}/filehandler.ashx?action=download&fileid={}", portal.base_url, file.id);
    let extension = file.title.rsplit_once('.').map(|(_, end)| format!(".{}", end.to_lowercase())).unwrap_or_default();
    let at = dates::write(dates::whole_seconds(file.created), portal.zone);
    let mut view = json!({
        "folderId": file.parent,
        "version": 1,
        "versionGroup": 1,
        "contentLength": bytes::size(file.size),
        "pureContentLength": file.size,
        "fileStatus": 0,
        "editingBy": {},
        "mute": false,
        "viewUrl": address,
        "webUrl": address,
        "fileType": FileType::of_extension(&extension),
        "fileExst": extension,
        "thumbnailStatus": 0,
        "formFillingStatus": 0,
        "viewAccessibility": view_accessibility(),
        "fileEntryType": EntryType::FILE,
        "id": file.id,
        "rootFolderId": room.area.root(),
        "canShare": shares,
        "security": rights::of_file(writes),
        "availableShareRights": {"ExternalLink": ["Read", "None"], "PrimaryExternalLink": ["Read", "None"]},
        "title": file.title,
        "access": Access::NONE,
        "shared": false,
        "sharedForUser": false,
        "sharedExternal": false,
        "parentShared": false,
        "shortWebUrl": "",
        "created": at,
        "createdBy": employee(portal, file.created_by),
        "updated": at,
        "rootFolderType": room.area.folder_type(),
        "updatedBy": employee(portal, file.created_by),
    });
    add_room_type(&mut view, room);
    if shares {
        view["shareSettings"] = json!({"ExternalLink": 6});
    }
    view
}

/// Adds the type of the room, which entries of an archived room do not have.
fn add_room_type(view: &mut Value, room: &Room) {
    if room.area != Area::Archive {
        view["parentRoomType"] = json!(room.room_type.folder_type());
    }
}

/// Which viewers and editors can open a file. Without a document service, none can.
fn view_accessibility() -> Value {
    let names = [
        "ImageView",
        "MediaView",
        "WebView",
        "WebEdit",
        "WebReview",
        "WebCustomFilterEditing",
        "WebRestrictedEditing",
        "WebComment",
        "CanConvert",
        "MustConvert",
    ];
    names.into_iter().map(|name| (name.to_owned(), Value::from(false))).collect()
}
