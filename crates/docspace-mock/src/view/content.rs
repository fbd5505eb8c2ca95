//! Folders and files inside rooms as JSON (docs/portal/folders-and-files.md#fields-of-a-folder).

use serde_json::{Value, json};
use uuid::Uuid;

use crate::numbered::Numbered as _;
use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::content::{File, SubFolder, Trashed};
use crate::state::entries::{EntryId, EntryType, FileType, FolderType};
use crate::state::entry_links::EntryLink;
use crate::state::links::Link;
use crate::state::people::Role;
use crate::state::permissions::Permissions;
use crate::state::rights;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::view::employee::employee;
use crate::view::folder::{AnswerKind, Viewer, own_share_rights, shared_and_owned_by};
use crate::wire::{bytes, dates};

/// How long the trash keeps an entry.
const TRASH_PERIOD: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// The entries of a room as a caller sees them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryViews<'a> {
    portal: &'a Portal,
    room: &'a Room,
    viewer: Viewer,
    pub(crate) permissions: Permissions,
}

impl<'a> EntryViews<'a> {
    pub(crate) fn new(portal: &'a Portal, room: &'a Room, viewer: Viewer) -> Self {
        let permissions = portal.permissions(room, viewer.person, viewer.link);
        Self { portal, room, viewer, permissions }
    }

    /// Whether a link of the entry, or of a folder around it, lets the caller read it.
    pub(crate) fn has_passage(&self, entry: EntryId) -> bool {
        self.passage(entry).is_some()
    }

    /// The link of an entry through which the caller reads an entry, if the caller does not see the
    /// room.
    fn passage(&self, entry: EntryId) -> Option<&'a EntryLink> {
        if self.permissions.can_read(self.room) {
            return None;
        }
        self.portal.passage(self.room, entry, self.viewer.person, self.viewer.link)
    }

    /// A folder in a list, or in the answer of a change.
    pub(crate) fn folder(&self, folder: &SubFolder) -> Value {
        let (files, folders) = self.room.counts_below(folder.id);
        let own = self.viewer.person == Some(folder.created_by);
        let mut levels: Vec<&str> =
            self.room.room_type.share_rights().iter().filter_map(|level| level.name()).collect();
        if own {
            levels.push("None");
        }
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
            "security": rights::of_folder(self.permissions, self.room, own),
            "availableShareRights": {"ExternalLink": levels, "PrimaryExternalLink": levels},
            "title": folder.title,
            "access": self.permissions.access(self.room, false),
            "created": self.date(folder.created),
            "updated": self.date(folder.updated),
        });
        self.add_common(&mut view, EntryId::folder(folder.id), folder.created_by, folder.updated_by);
        self.add_order(&mut view, folder.parent, folder.order);
        if folder.system_type != FolderType::DEFAULT {
            view["type"] = json!(folder.system_type);
        }
        if self.room.area.is_personal() {
            view["availableShareRights"] = own_share_rights(self.room.area);
        }
        self.add_end_in_trash(&mut view, folder.trashed);
        view
    }

    /// A folder in a list. In the trash it names the folder from which it was deleted.
    pub(crate) fn listed_folder(&self, folder: &SubFolder) -> Value {
        let mut view = self.folder(folder);
        self.add_origin(&mut view, folder.trashed);
        view
    }

    /// A file in a list. In the trash it names the folder from which it was deleted.
    pub(crate) fn listed_file(&self, file: &File) -> Value {
        let mut view = self.file(file);
        self.add_origin(&mut view, file.trashed);
        view
    }

    /// The answer that returns one folder. It does not say who shared the room.
    pub(crate) fn single_folder(&self, folder: &SubFolder) -> Value {
        let mut view = without_sharer(self.folder(folder));
        view["isFavorite"] = json!(false);
        self.add_state(&mut view, EntryId::folder(folder.id));
        view
    }

    /// The same as [`Self::add_state`] for the entry that a view shows.
    pub(crate) fn add_state_of(&self, view: &mut Value) {
        let kind = if view["fileEntryType"] == json!(EntryType::FILE) { EntryType::FILE } else { EntryType::FOLDER };
        let id = view["id"].as_i64().unwrap_or_default();
        self.add_state(view, EntryId { kind, id });
    }

    /// Adds what reads and lists tell the caller about an entry: whether it is news or a favorite.
    pub(crate) fn add_state(&self, view: &mut Value, entry: EntryId) {
        let Some(person) = self.viewer.person else { return };
        let is_favorite = self.portal.marks.is_favorite(person, entry);
        if is_favorite {
            view["isFavorite"] = json!(true);
        }
        if entry.kind == EntryType::FOLDER {
            view["new"] = json!(self.portal.new_files_in(person, entry.id).len());
        } else {
            let is_new = self.portal.new_files(person).iter().any(|new| new.file.id == entry.id);
            view["fileStatus"] = json!(u8::from(is_new) * 2 + u8::from(is_favorite) * 32);
        }
    }

    /// A file in a list, or in the answer of a change.
    pub(crate) fn file(&self, file: &File) -> Value {
        let own = self.viewer.person == Some(file.created_by);
        let address = format!("{}/filehandler.ashx?action=download&fileid={}", self.portal.base_url, file.id);
        let extension = file.extension();
        let kind = FileType::of_extension(&extension);
        let is_form = file.is_blank && kind == FileType::PDF;
        let is_text = is_form || matches!(kind, FileType::DOCUMENT | FileType::SPREADSHEET | FileType::PRESENTATION);
        let web = match kind {
            FileType::IMAGE => format!("{}/media/view/{}", self.portal.base_url, file.id),
            _ => address.clone(),
        };
        // A portal without a document server gives links of a form no level.
        let mut levels = if is_form { Vec::new() } else { vec!["Read"] };
        if own {
            levels.push("None");
        }
        let access = match self.permissions.role {
            Some(Access::CONTENT_CREATOR) if own && !self.is_guest() => Access::NONE,
            _ => self.permissions.access(self.room, false),
        };
        let mut view = json!({
            "folderId": file.parent,
            "version": file.version,
            "versionGroup": file.version,
            "contentLength": bytes::size(file.size),
            "fileStatus": 0,
            "editingBy": {},
            "mute": false,
            "viewUrl": address,
            "webUrl": web,
            "fileType": kind,
            "fileExst": extension,
            "thumbnailStatus": if file.is_blank { 3 } else { 0 },
            "formFillingStatus": 0,
            "viewAccessibility": kind.view_accessibility(),
            "fileEntryType": EntryType::FILE,
            "id": file.id,
            "security": self.file_rights(file, own, is_text, is_form),
            "availableShareRights": {"ExternalLink": levels, "PrimaryExternalLink": levels},
            "title": file.title,
            "access": access,
            "created": self.date(file.created),
            "updated": self.date(file.updated),
        });
        self.add_common(&mut view, EntryId::file(file.id), file.created_by, file.updated_by);
        self.add_order(&mut view, file.parent, file.order);
        if file.size > 0 {
            view["pureContentLength"] = json!(file.size);
        }
        if let Some(comment) = &file.comment {
            view["comment"] = json!(comment);
        }
        if let Some((width, height)) = file.dimensions {
            view["dimensions"] = json!({"width": width, "height": height});
        }
        if kind == FileType::PDF {
            view["isForm"] = json!(is_form);
        }
        if is_form {
            view["hasDraft"] = json!(false);
        }
        if file.locked_by.is_some() {
            view["locked"] = json!(true);
        }
        match self.room.area {
            Area::Trash => {
                view["availableShareRights"] = json!({});
                view["thumbnailStatus"] = json!(3);
            }
            Area::My => {
                let person = ["ReadWrite", "Read", "Restrict", "None"];
                view["availableShareRights"] =
                    json!({"User": person, "ExternalLink": levels, "Group": person, "PrimaryExternalLink": levels});
            }
            _ => {}
        }
        self.add_end_in_trash(&mut view, file.trashed);
        if let Some(lifetime) = &self.room.lifetime {
            view["expired"] =
                json!(dates::write(lifetime.end_of(dates::whole_seconds(file.created)), self.portal.zone));
        }
        view
    }

    /// The answer that returns one file. It names the room, and does not say who shared it.
    pub(crate) fn single_file(&self, file: &File) -> Value {
        let mut view = without_sharer(self.file(file));
        let entry = EntryId::file(file.id);
        let visitor = self.viewer.person.filter(|_| self.has_passage(entry));
        // A person who opened a link of the file learns when that was, and not where the file is.
        match visitor.and_then(|person| self.portal.entry_links.visited_at(person, entry)) {
            Some(at) => view["lastOpened"] = json!(self.date(at)),
            None => {
                self.add_room(&mut view, file.parent);
                self.add_last_opened(&mut view, entry);
            }
        }
        self.add_state(&mut view, entry);
        view
    }

    /// Adds when the caller last marked an entry. A move to the trash marks it, too (recording
    /// content/files).
    pub(crate) fn add_last_opened(&self, view: &mut Value, entry: EntryId) {
        let trashed = match entry.kind {
            EntryType::FILE => self.room.files.iter().find(|file| file.id == entry.id).and_then(|file| file.trashed),
            _ => self.room.folder(entry.id).and_then(|folder| folder.trashed),
        };
        let marked = self.viewer.person.and_then(|person| self.portal.marks.latest(person, entry));
        if let Some(at) = marked.max(trashed.map(|trashed| trashed.at)) {
            view["lastOpened"] = json!(self.date(at));
        }
    }

    fn file_rights(&self, file: &File, own: bool, is_text: bool, is_form: bool) -> Value {
        let mut rights = json!(rights::of_file(self.permissions, self.room, own, is_text, is_form));
        if matches!(file.extension().as_str(), ".xlsx" | ".pdf") {
            rights["UpdateXlsx"] = json!(false);
        }
        rights
    }

    fn is_guest(&self) -> bool {
        let account = self.viewer.person.and_then(|id| self.portal.people.get(id));
        account.is_none_or(|person| person.role == Role::Guest)
    }

    /// When the portal permanently deletes an entry in the trash.
    fn add_end_in_trash(&self, view: &mut Value, trashed: Option<Trashed>) {
        if let Some(trashed) = trashed {
            view["autoDelete"] = json!(self.date(trashed.at + TRASH_PERIOD));
        }
    }

    /// The folder from which an entry in the trash was deleted, if it still exists.
    fn add_origin(&self, view: &mut Value, trashed: Option<Trashed>) {
        let Some(trashed) = trashed else { return };
        let Some(room) = self.portal.rooms.around(trashed.origin) else { return };
        view["originId"] = json!(trashed.origin);
        view["originTitle"] = json!(room.folder(trashed.origin).map_or(&room.title, |folder| &folder.title));
    }

    /// A file in the record of an operation or in its history, which do not know that links of the
    /// room open it (recording walks/103).
    pub(crate) fn recorded_file(&self, file: &File) -> Value {
        let mut view = self.file(file);
        view["parentShared"] = json!(false);
        view
    }

    /// A file among news. It is reported as if it were not new (recording rooms/news).
    pub(crate) fn news_file(&self, file: &File) -> Value {
        without_sharer(self.file(file))
    }

    /// Adds the innermost folder around a file and its room, which only GET and PUT of one file
    /// return. The room itself and the root folder of rooms do not count as folders (recordings
    /// walks/103 and content/files).
    pub(crate) fn add_room(&self, view: &mut Value, parent: i64) {
        let room = self.room;
        let origin = match room.folder(parent) {
            Some(parent) => Some((parent.id, parent.title.as_str())),
            None if matches!(room.area, Area::Active | Area::Templates) => None,
            None => Some((room.root(), room.area.title())),
        };
        if let Some((id, title)) = origin {
            view["originId"] = json!(id);
            view["originTitle"] = json!(title);
        }
        if !room.area.is_personal() {
            view["originRoomId"] = json!(room.id);
            view["originRoomTitle"] = json!(room.title);
        }
    }

    fn date(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        dates::write(dates::whole_seconds(at), self.portal.zone)
    }

    /// The fields that folders and files have in common.
    fn add_common(&self, view: &mut Value, entry: EntryId, created_by: Uuid, updated_by: Uuid) {
        let (portal, room, permissions) = (self.portal, self.room, self.permissions);
        let shares = room.area.is_writable() && permissions.manages();
        view["rootFolderId"] = json!(room.root());
        view["rootFolderType"] = json!(room.area.folder_type());
        view["canShare"] = json!(shares);
        let links = portal.entry_links.of(entry);
        view["shared"] = json!(!links.is_empty());
        view["sharedForUser"] = json!(false);
        view["sharedExternal"] = json!(links.iter().any(|link| !link.internal));
        // Links of the room, and of the folders around the entry, also open the entry.
        let parents = room.entry_and_parents(entry);
        let is_shared = |parent: &EntryId| !portal.entry_links.of(*parent).is_empty();
        view["parentShared"] = json!(room.has_external_link() || parents.iter().skip(1).any(is_shared));
        view["shortWebUrl"] = json!("");
        if shares {
            view["shareSettings"] = match room.room_type {
                RoomType::PUBLIC => json!({"PrimaryExternalLink": 1, "ExternalLink": 5}),
                RoomType::FILLING_FORMS => json!({"PrimaryExternalLink": 1}),
                _ => json!({"ExternalLink": 6}),
            };
        }
        if room.area != Area::Archive && !room.area.is_personal() {
            view["parentRoomType"] = json!(room.room_type.folder_type());
        }
        if !permissions.anonymous {
            view["createdBy"] = json!(employee(portal, created_by));
            view["updatedBy"] = json!(employee(portal, updated_by));
        }
        if let Some((shared_by, owned_by)) =
            shared_and_owned_by(portal, room, self.viewer, permissions, AnswerKind::Changed)
        {
            // A person who became a member by giving the room away has shared it with himself.
            if self.viewer.person != Some(shared_by) {
                view["sharedBy"] = json!(employee(portal, shared_by));
            }
            let by_link = permissions.visitor.is_some() && !permissions.is_member();
            let owner = if by_link { owned_by } else { room.owner };
            view["ownedBy"] = json!(employee(portal, owner));
        }
        self.add_link_fields(view, entry);
    }

    /// The link through which the caller reads an entry, and whether the link is that of the entry.
    fn way_in(&self, entry: EntryId) -> Option<(&'a Link, bool)> {
        let permissions = self.permissions;
        if let Some(passage) = self.passage(entry) {
            return Some((&passage.link, passage.entry == entry));
        }
        // An admin who sends a key reads with the key (recording content/folders).
        let sends_key = permissions.visitor.is_some() && permissions.visitor == self.viewer.link;
        if permissions.is_member() || (permissions.admin && !sends_key) {
            return None;
        }
        permissions.visitor.and_then(|id| self.room.link(id)).map(|link| (link, false))
    }

    /// The fields of an entry that the caller reads through a link
    /// (docs/portal/links.md#links-of-folders-and-files).
    fn add_link_fields(&self, view: &mut Value, entry: EntryId) {
        let Some((link, is_own)) = self.way_in(entry) else { return };
        let (portal, is_folder, anonymous) = (self.portal, entry.kind == EntryType::FOLDER, self.permissions.anonymous);
        let expired = link.is_expired(portal.now());
        view["access"] = json!(link.access);
        view["external"] = json!(is_own);
        view["requestToken"] = json!(link.key);
        view["isLinkExpired"] = json!(expired);
        view["shortWebUrl"] = json!(format!("{}/s/{}", portal.base_url, link.address));
        if let Some(at) = link.expires {
            view["expirationDate"] = json!(dates::write(at, portal.zone));
        }
        if link.deny_download {
            view["security"]["Copy"] = json!(false);
            view["security"]["Download"] = json!(false);
        }
        if is_folder {
            view["passwordProtected"] = json!(link.password.is_some());
            view["expired"] = json!(expired);
            view["security"]["CopySharedLink"] = json!(!portal.entry_links.of(entry).is_empty());
        } else {
            for name in ["viewUrl", "webUrl"] {
                let address = view[name].as_str().unwrap_or_default();
                view[name] = json!(format!("{address}&share={}", link.key));
            }
        }
        if is_own {
            view[if is_folder { "parentId" } else { "folderId" }] = json!(Area::SHARE_ROOT);
            view["rootFolderType"] = json!(FolderType::SHARE);
        }
        if is_folder || !anonymous {
            view["ownedBy"] = json!(employee(portal, portal.people.owner()));
        }
        if let Some(members) = view.as_object_mut() {
            members.remove("sharedBy");
        }
        self.add_sharer(view);
    }

    /// Adds who shared an entry to an entry that is shared with a signed-in caller.
    fn add_sharer(&self, view: &mut Value) {
        if view["external"] == json!(true) && !self.permissions.anonymous {
            view["sharedBy"] = json!(employee(self.portal, self.room.owner));
        }
    }

    /// Marks the entries of a list that the caller reads with a key. All but the first one are
    /// reported as external (recordings content/folders and links/folders-and-files).
    pub(crate) fn mark_external<'v>(&self, folder: i64, entries: impl Iterator<Item = &'v mut Value>) {
        let way_in = match self.room.id == folder {
            true => self.permissions.visitor.filter(|_| !self.permissions.is_member()),
            false => self.way_in(EntryId::folder(folder)).map(|(link, _)| link.id),
        };
        if way_in.is_none() || way_in != self.viewer.link {
            return;
        }
        for view in entries.skip(1) {
            view["external"] = json!(true);
            self.add_sharer(view);
        }
    }

    /// The path to a folder that the caller reads through a link of an entry. It begins with the
    /// shared folder, or with the root for what is shared with the caller.
    pub(crate) fn shared_path(&self, folder: i64) -> Option<Vec<Value>> {
        let passage = self.passage(EntryId::folder(folder))?;
        let path = self.room.path_to(folder).into_iter().skip_while(|one| EntryId::folder(one.id) != passage.entry);
        let part = |id: i64, title: &str, kind: FolderType| json!({"id": id, "title": title, "folderType": kind});
        let root = (!self.permissions.anonymous).then(|| part(Area::SHARE_ROOT, "Shared with me", FolderType::SHARE));
        Some(root.into_iter().chain(path.map(|one| part(one.id, &one.title, FolderType::DEFAULT))).collect())
    }

    /// The place in a room with indexing.
    fn add_order(&self, view: &mut Value, parent: i64, order: i64) {
        if self.room.indexing {
            view["order"] = json!(self.room.index_of(parent, order));
        }
    }
}

/// The answer to a read of one entry, which does not say who shared the room (recordings
/// content/folders and content/files).
pub(crate) fn without_sharer(mut view: Value) -> Value {
    if let Some(members) = view.as_object_mut() {
        members.remove("sharedBy");
    }
    view
}
