//! The room, folder or file whose links a command reads or changes.

use docspace::folders::{File, Folder};
use docspace::links::{LinkRules, Links};
use docspace::rooms::FolderType;
use docspace::{Portal, Room};

use crate::args::LinkPlace;
use crate::failure::Failure;
use crate::lookup::Kind;
use crate::records::{LinkOwner, LinkOwnerId};
use crate::text::{kebab, plain};

/// A room, folder or file that was read.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    Room(Box<Room>),
    Folder(Box<Folder>),
    File(Box<File>),
}

/// Returns the links of the room, folder or file with this id.
pub(super) fn links(id: &LinkOwnerId, portal: &Portal) -> Links {
    match id {
        LinkOwnerId::Room(id) => portal.room(id).links(),
        LinkOwnerId::Folder(id) => portal.folder(id).links(),
        LinkOwnerId::File(id) => portal.file(id).links(),
    }
}

impl From<Room> for Owner {
    fn from(room: Room) -> Self {
        Self::Room(Box::new(room))
    }
}

impl Owner {
    /// Reads the room, folder or file with this name.
    pub(super) async fn read(place: &LinkPlace, portal: &Portal) -> Result<Self, Failure> {
        match place {
            LinkPlace::Room(name) => Ok(portal.room(name.find(portal, Kind::Room).await?).get().await?.into()),
            LinkPlace::Folder(id) => {
                let folder = portal.folder(id).get().await?;
                if folder.room_type.is_some() {
                    let what = format!("folder {id} is the room “{}”", plain(&folder.title));
                    return Err(Failure::usage(what).advise(format!("use `{id}` for the links of the whole room")));
                }
                Ok(Self::Folder(Box::new(folder)))
            }
            LinkPlace::File(id) => Ok(Self::File(Box::new(portal.file(id).get().await?))),
        }
    }

    /// Returns the links.
    pub(super) fn links(&self, portal: &Portal) -> Links {
        match self {
            Self::Room(room) => portal.room(&**room).links(),
            Self::Folder(folder) => portal.folder(&**folder).links(),
            Self::File(file) => portal.file(&**file).links(),
        }
    }

    /// Returns which links are possible, if that is known.
    pub(super) fn rules(&self) -> Option<LinkRules> {
        match self {
            Self::Room(room) => LinkRules::of(room.room_type),
            Self::Folder(folder) => LinkRules::of_folder(folder),
            Self::File(file) => LinkRules::of_file(file),
        }
    }

    /// Whether the caller is allowed to see the links. The portal reports the numbers of links only
    /// to callers who may share a folder or file.
    pub(super) fn shows_links(&self) -> bool {
        match self {
            Self::Room(room) => room.security.edit_access,
            Self::Folder(folder) => folder.share_settings.is_some(),
            Self::File(file) => file.share_settings.is_some(),
        }
    }

    /// Whether the portal shows the links to no one, because the room around the folder or file is
    /// archived (docs/portal/links.md#who-may-use-these-calls).
    pub(super) fn hides_links(&self) -> bool {
        let root = match self {
            Self::Room(_) => return false,
            Self::Folder(folder) => folder.root_folder_type,
            Self::File(file) => file.root_folder_type,
        };
        root == FolderType::Archive
    }

    pub(super) fn room(&self) -> Option<&Room> {
        if let Self::Room(room) = self { Some(room) } else { None }
    }

    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Room(_) => "room",
            Self::Folder(_) => "folder",
            Self::File(_) => "file",
        }
    }

    pub(super) fn title(&self) -> &str {
        match self {
            Self::Room(room) => &room.title,
            Self::Folder(folder) => &folder.title,
            Self::File(file) => &file.title,
        }
    }

    /// The id, and whether it is that of a room, folder or file.
    pub(super) fn id(&self) -> LinkOwnerId {
        match self {
            Self::Room(room) => LinkOwnerId::Room(room.id.clone()),
            Self::Folder(folder) => LinkOwnerId::Folder(folder.id.clone()),
            Self::File(file) => LinkOwnerId::File(file.id.clone()),
        }
    }

    /// Names the room, folder or file by its id, such as `room 17`.
    pub(super) fn name(&self) -> String {
        self.id().to_string()
    }

    /// Names the room, folder or file for a person.
    pub(super) fn describe(&self) -> String {
        format!("{} “{}”", self.name(), plain(self.title()))
    }

    /// What all rooms of the type have in common, or the folder or file.
    pub(super) fn kind(&self) -> String {
        match self {
            Self::Room(room) => format!("rooms of type {}", kebab(&room.room_type.to_string())),
            Self::Folder(_) | Self::File(_) => format!("this {}", self.noun()),
        }
    }

    /// The only owner of the printed links.
    pub(super) fn only(&self) -> LinkOwner {
        LinkOwner::only(self.id(), Some(self.title().to_owned()))
    }

    /// One of several owners of the printed links.
    pub(super) fn one_of_several(&self) -> LinkOwner {
        LinkOwner::one_of_several(self.id(), self.title().to_owned())
    }
}
