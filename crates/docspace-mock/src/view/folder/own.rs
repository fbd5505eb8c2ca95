//! The root folders of a person as JSON: My documents, the trash, and those without entries.

use serde_json::{Value, json};

use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::{EntryType, FolderType};
use crate::state::people::Role;
use crate::state::rights;
use crate::state::rooms::{Area, Room};
use crate::view::employee::employee;
use crate::wire::dates;

/// The levels of access that a person may give to others, and a link may get, in My documents.
pub(crate) fn own_share_rights(area: Area) -> Value {
    if area == Area::Trash {
        return json!({});
    }
    let link = ["Editing", "FillForms", "Review", "Comment", "Read", "None"];
    let person = ["ReadWrite", "Editing", "FillForms", "Review", "Comment", "Read", "Restrict", "None"];
    json!({"User": person, "ExternalLink": link, "Group": person, "PrimaryExternalLink": link})
}

/// My documents or the trash. The list of My documents counts only the reports that the portal
/// wrote there (recording audit/settings-and-reports, step 19).
pub(crate) fn own(portal: &Portal, root: &Room, listed: bool) -> Value {
    let account = portal.people.get(root.owner);
    let mut view = plain(portal, root.id, root.area.folder_type(), root.area.title());
    let (files, folders) = if listed && root.area == Area::My {
        (root.files.iter().filter(|file| file.is_report).count(), 0)
    } else {
        (root.files.len(), root.folders.len())
    };
    view["filesCount"] = json!(files);
    view["foldersCount"] = json!(folders);
    view["security"] = json!(rights::of_root(root.area, account));
    view["availableShareRights"] = own_share_rights(root.area);
    for name in ["createdBy", "updatedBy"] {
        view[name] = json!(employee(portal, root.owner));
    }
    for name in ["created", "updated"] {
        view[name] = json!(dates::write(dates::whole_seconds(root.created), portal.zone));
    }
    view
}

/// A root folder whose entries the mock does not model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BareRoot {
    pub(crate) kind: FolderType,
    pub(crate) id: i64,
}

impl BareRoot {
    pub(crate) fn title(self) -> &'static str {
        match self.kind {
            FolderType::FAVORITES => "Favorites",
            FolderType::RECENT => "Recent",
            FolderType::SHARE => "Shared with me",
            FolderType::COMMON => "Common",
            _ => "AI agents",
        }
    }

    /// The folder as a person of this role sees it.
    pub(crate) fn view(self, portal: &Portal, role: Role) -> Value {
        let mut view = plain(portal, self.id, self.kind, self.title());
        let granted: &[&str] = match self.kind {
            FolderType::COMMON => &["Read", "Copy", "Download", "CopyLink"],
            FolderType::AI_AGENTS if role.manages_rooms() => &["Read", "MoveTo"],
            _ => &["Read"],
        };
        let mut security = json!(rights::none_of_root());
        for right in granted {
            security[*right] = json!(true);
        }
        match self.kind {
            FolderType::COMMON => {
                view["access"] = json!(Access::READ);
                if role.is_admin() {
                    view["canShare"] = json!(true);
                    view["isShareable"] = json!(true);
                }
            }
            FolderType::AI_AGENTS if !role.manages_rooms() => view["access"] = json!(Access::RESTRICT),
            FolderType::SHARE => view["isShareable"] = json!(true),
            FolderType::FAVORITES | FolderType::RECENT => {
                view["order"] = json!("");
                // These two also contain files.
                for right in [
                    "FillForms",
                    "Edit",
                    "SubmitToFormGallery",
                    "Lock",
                    "CustomFilter",
                    "StartFilling",
                    "StopFilling",
                    "FillingStatus",
                ] {
                    security[right] = json!(false);
                }
            }
            _ => {}
        }
        view["security"] = security;
        view
    }
}

/// The fields that all root folders have. The portal's owner is the creator of the common ones.
fn plain(portal: &Portal, id: i64, kind: FolderType, title: &str) -> Value {
    let owner = employee(portal, portal.people.owner());
    let founded = dates::write(dates::whole_seconds(portal.founded), portal.zone);
    json!({
        "parentId": 0,
        "filesCount": 0,
        "foldersCount": 0,
        "new": 0,
        "mute": false,
        "pinned": false,
        "private": false,
        "indexing": false,
        "denyDownload": false,
        "fileEntryType": EntryType::FOLDER,
        "id": id,
        "rootFolderId": id,
        "canShare": false,
        "availableShareRights": {},
        "title": title,
        "access": Access::NONE,
        "shared": false,
        "sharedForUser": false,
        "sharedExternal": false,
        "parentShared": false,
        "shortWebUrl": "",
        "created": founded,
        "createdBy": owner,
        "updated": founded,
        "rootFolderType": kind,
        "updatedBy": owner,
    })
}
