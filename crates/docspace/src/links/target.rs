//! What links open: a room, a folder or a file. The three have the same calls at other paths.

use std::fmt;

use docspace_api::types::{Folder, RoomLink, SetEntryLinkRequest, SetRoomLinkRequest};
use docspace_api::{ClientLinksExt, FileId, FolderId};
use futures::TryStreamExt;

use super::checks::{LinkChecks, Owner};
use super::rules::LinkRules;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::folders::{EntryRef, explain_archived_entry, read_file, read_folder};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::rooms::{RoomRef, explain_archived};
use crate::support::pages::{self, PAGE, Page};

/// The room, folder or file that links open.
#[derive(Clone, Debug)]
pub(super) enum Target {
    Room(RoomRef),
    Folder(FolderId),
    File(FileId),
}

/// The names of the calls in errors. The transport knows that they are safe to repeat, because the
/// client chooses the id of a new link.
pub(super) struct CallNames {
    pub(super) list: &'static str,
    pub(super) get: &'static str,
    pub(super) create: &'static str,
    pub(super) invite: &'static str,
    pub(super) update: &'static str,
    pub(super) revoke: &'static str,
    pub(super) primary: &'static str,
}

const ROOM: CallNames = CallNames {
    list: "list_room_links",
    get: "get_room_link",
    create: "create_room_link",
    invite: "create_room_invitation",
    update: "update_room_link",
    revoke: "revoke_room_link",
    primary: "get_primary_room_link",
};

const FOLDER: CallNames = CallNames {
    list: "list_folder_links",
    get: "get_folder_link",
    create: "create_folder_link",
    invite: "create_folder_invitation",
    update: "update_folder_link",
    revoke: "revoke_folder_link",
    primary: "get_primary_folder_link",
};

const FILE: CallNames = CallNames {
    list: "list_file_links",
    get: "get_file_link",
    create: "create_file_link",
    invite: "create_file_invitation",
    update: "update_file_link",
    revoke: "revoke_file_link",
    primary: "get_primary_file_link",
};

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(room) => write!(f, "room {}", room.id),
            Self::Folder(id) => write!(f, "folder {id}"),
            Self::File(id) => write!(f, "file {id}"),
        }
    }
}

impl Target {
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Room(_) => "room",
            Self::Folder(_) => "folder",
            Self::File(_) => "file",
        }
    }

    pub(super) fn calls(&self) -> &'static CallNames {
        match self {
            Self::Room(_) => &ROOM,
            Self::Folder(_) => &FOLDER,
            Self::File(_) => &FILE,
        }
    }

    /// Finds out which links are possible. Reads the folder or file, and a room whose type is not
    /// known yet.
    pub(super) async fn checks(&self, portal: &Portal) -> Result<LinkChecks> {
        match self {
            Self::Room(room) => {
                let room_type = room.room_type(portal).await?;
                Ok(LinkChecks::new(Owner::Room(room_type), LinkRules::of(room_type)))
            }
            Self::Folder(id) => {
                let folder = read_folder(portal, id).await?;
                not_a_room(&folder)?;
                Ok(LinkChecks::new(Owner::Folder, LinkRules::of_folder(&folder)))
            }
            Self::File(id) => {
                let file = read_file(portal, id).await?;
                Ok(LinkChecks::new(Owner::File, LinkRules::of_file(&file)))
            }
        }
    }

    /// Lists the links. The list of a file has pages.
    pub(super) async fn list(&self, portal: &Portal, call: Call) -> Result<Vec<RoomLink>> {
        let answer = match self {
            Self::Room(room) => portal.api().list_room_links().id(room.id.clone()).send().await,
            Self::Folder(id) => portal.api().list_folder_links().folder_id(id).send().await,
            Self::File(id) => {
                let (portal, id) = (portal.clone(), id.clone());
                let fetch = move |start| -> BoxFuture<'static, Result<Page<RoomLink>>> {
                    let (portal, id, call) = (portal.clone(), id.clone(), call.clone());
                    Box::pin(async move {
                        let request = portal.api().list_file_links().file_id(id).count(PAGE).start_index(start);
                        let list = call.envelope(request.send().await).await?;
                        Ok(Page { items: list.response.unwrap_or_default(), total: list.total })
                    })
                };
                return pages::stream(fetch, RoomLink::id).try_collect().await;
            }
        };
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }

    /// Creates, changes or revokes a link. Without a link in the answer, the portal has revoked it,
    /// or has created none.
    pub(super) async fn set(
        &self,
        portal: &Portal,
        call: &Call,
        request: SetRoomLinkRequest,
    ) -> Result<Option<RoomLink>> {
        let api = portal.api_named(call.name());
        let answer = match self {
            Self::Room(room) => api.set_room_link().id(room.id.clone()).body(request).send().await,
            Self::Folder(id) => api.set_folder_link().folder_id(id).body(of_entry(request)).send().await,
            Self::File(id) => api.set_file_link().file_id(id).body(of_entry(request)).send().await,
        };
        match call.envelope(answer).await {
            Ok(envelope) => Ok(envelope.response),
            Err(error) => Err(self.with_archive_advice(portal, error).await),
        }
    }

    /// Reads the primary link, which the portal creates if there is none.
    pub(super) async fn primary(&self, portal: &Portal, call: &Call) -> Result<RoomLink> {
        let api = portal.api();
        let answer = match self {
            Self::Room(room) => api.get_primary_room_link().id(room.id.clone()).send().await,
            Self::Folder(id) => api.get_primary_folder_link().folder_id(id).send().await,
            Self::File(id) => api.get_primary_file_link().file_id(id).send().await,
        };
        call.response(answer, |envelope| envelope.response).await
    }

    /// The error for a success without a link. A portal answers like this to accesses that need an
    /// editor for the format of a file (docs/portal/links.md#links-of-folders-and-files).
    pub(super) fn no_link(&self, call: &Call, advice: &str) -> Error {
        match self {
            Self::Room(_) => call.no_response(),
            Self::Folder(_) | Self::File(_) => {
                Error::new(ErrorKind::NotDone, "the portal reported success, but returned no link")
                    .of(call)
                    .advise(advice)
            }
        }
    }

    /// Adds to a refusal that the room is archived. The portal does not give the reason.
    pub(super) fn with_archive_advice(&self, portal: &Portal, error: Error) -> BoxFuture<'static, Error> {
        let (target, portal) = (self.clone(), portal.clone());
        Box::pin(async move {
            let entry = match target {
                Self::Room(room) => return explain_archived(&portal, &room.id, error).await,
                Self::Folder(id) => EntryRef::Folder(id),
                Self::File(id) => EntryRef::File(id),
            };
            explain_archived_entry(&portal, &entry, error).await
        })
    }
}

/// The same settings for a folder or file, whose links are all external. `primary` is never sent:
/// it would create another primary link, and a folder should have one.
fn of_entry(request: SetRoomLinkRequest) -> SetEntryLinkRequest {
    let mut link = SetEntryLinkRequest::new(request.access);
    link.link_id = request.link_id;
    link.title = request.title;
    link.expiration_date = request.expiration_date;
    link.password = request.password;
    link.internal = request.internal;
    link.deny_download = request.deny_download;
    link
}

/// Fails if the folder is a room. The portal would open the whole room
/// (docs/portal/links.md#links-of-folders-and-files).
fn not_a_room(folder: &Folder) -> Result<()> {
    if folder.room_type.is_none() {
        return Ok(());
    }
    Err(Error::invalid("this folder is a room, and the link would open the whole room")
        .advise("use `Portal::room` for the links of a room, or the id of a folder in it"))
}
