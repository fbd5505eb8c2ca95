//! The methods of a portal that lead to everything else.

use crate::audit::Audit;
use crate::folders::{FileHandle, FileRef, FolderHandle, FolderRef};
use crate::keys::Keys;
use crate::operations::Operations;
use crate::people::{People, PeopleGroups};
use crate::portal::Portal;
use crate::rooms::{RoomHandle, RoomRef, Rooms};
use crate::tags::Tags;
use crate::templates::{TemplateHandle, Templates};
use crate::webhooks::Webhooks;

impl Portal {
    /// Returns the portal's rooms, to create, list and find them. Sends nothing.
    pub fn rooms(&self) -> Rooms {
        Rooms::new(self.clone())
    }

    /// Returns a handle to one room, given by its id, by a [`Room`](crate::Room) that was read
    /// before, or by another handle. Sends nothing, so the room may not exist.
    pub fn room(&self, room: impl Into<RoomRef>) -> RoomHandle {
        RoomHandle::new(self.clone(), room.into())
    }

    /// Returns a handle to one folder, given by its id, by a [`Folder`](crate::folders::Folder)
    /// that was read before, or by another handle. Sends nothing, so the folder may not exist.
    pub fn folder(&self, folder: impl Into<FolderRef>) -> FolderHandle {
        FolderHandle::new(self.clone(), folder.into())
    }

    /// Returns a handle to one file, given by its id, by a [`File`](crate::folders::File) that was
    /// read before, or by another handle. Sends nothing, so the file may not exist.
    pub fn file(&self, file: impl Into<FileRef>) -> FileHandle {
        FileHandle::new(self.clone(), file.into())
    }

    /// Returns the templates of the portal, to list and find them. Sends nothing.
    pub fn templates(&self) -> Templates {
        Templates::new(self.clone())
    }

    /// Returns a handle to one template, given by its id or by a [`Room`](crate::Room) that was
    /// read before. Sends nothing, so the template may not exist.
    pub fn template(&self, template: impl Into<RoomRef>) -> TemplateHandle {
        TemplateHandle::new(self.clone(), template.into())
    }

    /// Returns the portal's people, to find, invite and create them. Sends nothing.
    pub fn people(&self) -> People {
        People { portal: self.clone() }
    }

    /// Returns the portal's groups of people, which can be members of rooms. Sends nothing.
    pub fn people_groups(&self) -> PeopleGroups {
        PeopleGroups { portal: self.clone() }
    }

    /// Returns the portal's tags, to create, list, rename and delete them for all rooms. Sends
    /// nothing.
    pub fn tags(&self) -> Tags {
        Tags { portal: self.clone() }
    }

    /// Returns the portal's API keys, to create, limit, replace and delete them. Sends nothing.
    pub fn keys(&self) -> Keys {
        Keys { portal: self.clone() }
    }

    /// Returns the portal's webhooks, to create, change and delete them, and to see what they
    /// delivered. Sends nothing.
    pub fn webhooks(&self) -> Webhooks {
        Webhooks { portal: self.clone() }
    }

    /// Returns the audit trail and the login history, to see who did what. Sends nothing.
    pub fn audit(&self) -> Audit {
        Audit { portal: self.clone() }
    }

    /// Returns the caller's background operations, to inspect and cancel them. Sends nothing.
    pub fn operations(&self) -> Operations {
        Operations { portal: self.clone() }
    }
}
