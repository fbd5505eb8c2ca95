//! The printed fields of a link.

use std::fmt;

use docspace::rooms::{FileId, FolderId};
use docspace::{RoomId, RoomLink};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::output::{Field, Id, Name, Record, Tone, expiry_tone, local_time, optional_instant};

/// A link as it is printed. The portal returns passwords in plain text to callers who can list
/// links; the program shows only whether there is one.
pub(crate) struct LinkRecord(pub(crate) RoomLink, pub(crate) LinkOwner);

/// The id of what a link opens.
#[derive(Clone, Debug)]
pub(crate) enum LinkOwnerId {
    Room(RoomId),
    Folder(FolderId),
    File(FileId),
}

impl fmt::Display for LinkOwnerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(id) => write!(f, "room {id}"),
            Self::Folder(id) => write!(f, "folder {id}"),
            Self::File(id) => write!(f, "file {id}"),
        }
    }
}

impl LinkOwnerId {
    /// The argument that names it, such as `17` or `folder:23`.
    pub(crate) fn argument(&self) -> String {
        match self {
            Self::Room(id) => id.to_string(),
            Self::Folder(id) => format!("folder:{id}"),
            Self::File(id) => format!("file:{id}"),
        }
    }
}

/// The room, folder or file that a link opens, as it is printed.
#[derive(Clone, Debug)]
pub(crate) struct LinkOwner {
    pub(crate) id: LinkOwnerId,
    /// `None` if a room could not be read after a link was created.
    title: Option<String>,
    /// Whether the link is printed among links of other rooms.
    is_one_of_several: bool,
}

impl LinkOwner {
    /// The only owner of the printed links, whose title may not be known.
    pub(crate) fn only(id: LinkOwnerId, title: Option<String>) -> Self {
        Self { id, title, is_one_of_several: false }
    }

    /// One of several owners of the printed links.
    pub(crate) fn one_of_several(id: LinkOwnerId, title: String) -> Self {
        Self { id, title: Some(title), is_one_of_several: true }
    }

    pub(crate) fn room_id(&self) -> Option<Id> {
        if let LinkOwnerId::Room(id) = &self.id { Some(Id::from(id)) } else { None }
    }

    pub(crate) fn room(&self) -> Option<String> {
        self.title.clone().filter(|_| matches!(self.id, LinkOwnerId::Room(_)))
    }

    pub(crate) fn folder_id(&self) -> Option<Id> {
        if let LinkOwnerId::Folder(id) = &self.id { Some(Id::from(id)) } else { None }
    }

    pub(crate) fn file_id(&self) -> Option<Id> {
        if let LinkOwnerId::File(id) = &self.id { Some(Id::from(id)) } else { None }
    }

    /// The title of the folder or file.
    pub(crate) fn entry(&self) -> Option<String> {
        self.title.clone().filter(|_| !matches!(self.id, LinkOwnerId::Room(_)))
    }
}

impl Record for LinkRecord {
    const FIELDS: &'static [Field<Self>] = &[
        // On a narrow terminal, the address is worth more than the id: commands accept both.
        Field::<Self>::id("Id of the link", &|link| link.0.id().0).priority(35),
        Field::<Self>::detail("roomId", "Id of the room; null for a link to a folder or file", &|link| {
            link.1.room_id()
        })
        .never_cut()
        .priority(75),
        Field::<Self>::detail("room", "Title of the room; null if it is not known", &|link| link.1.room()).priority(85),
        Field::<Self>::column("kind", "Kind of the link: invitation, primary or external", &|link| kind(&link.0))
            .never_cut()
            .priority(60),
        Field::<Self>::column("access", "Access of those who use the link", &|link| Name(link.0.access))
            .never_cut()
            .priority(70),
        Field::<Self>::column("title", "Title", &|link| link.0.title().to_owned()).priority(90),
        Field::<Self>::column("expires", "Time of expiry; null for a link that does not expire", &|link| {
            optional_instant(link.0.shared_link.expiration_date)
        })
        .never_cut()
        .priority(80)
        .shown(|link| json!(expiry(&link.0)))
        .passed(|link| link.0.is_expired())
        .tone(|link| match link.0.is_expired() {
            true => Tone::Bad,
            false => expiry_tone(link.0.shared_link.expiration_date),
        }),
        Field::<Self>::column("password", "Whether the link has a password", &|link| {
            link.0.shared_link.password.is_some()
        })
        .never_cut()
        .priority(40),
        Field::<Self>::column("url", "Address to send to people", &|link| link.0.url().to_owned())
            .never_cut()
            .priority(100),
        Field::<Self>::detail("folderId", "Id of the folder; null for other links", &|link| link.1.folder_id())
            .never_cut(),
        Field::<Self>::detail("fileId", "Id of the file; null for other links", &|link| link.1.file_id()).never_cut(),
        Field::<Self>::detail("entry", "Title of the folder or file; null for a link to a room", &|link| {
            link.1.entry()
        }),
        Field::<Self>::detail("expired", "Whether the link has expired", &|link| link.0.is_expired()),
        Field::<Self>::detail("internal", "Whether the link is only for people with an account", &|link| {
            link.0.shared_link.internal
        }),
        Field::<Self>::detail("denyDownload", "Whether visitors cannot download, copy or print", &|link| {
            link.0.shared_link.deny_download
        }),
        Field::<Self>::detail("uses", "Number of uses of an invitation link; null for other links", &|link| {
            link.0.shared_link.current_use_count
        }),
        Field::<Self>::detail(
            "maxUses",
            "Maximum number of uses of an invitation link; null without a limit",
            &|link| link.0.shared_link.max_use_count,
        ),
    ];

    fn has_column(&self, field: &Field<Self>) -> bool {
        field.column || self.1.is_one_of_several && ["roomId", "room"].contains(&field.name)
    }
}

/// Returns the expiry for a person, who has to see without colors that it has passed.
pub(crate) fn expiry(link: &RoomLink) -> String {
    match link.expires().filter(|date| !date.is_unset()) {
        None => "never".to_owned(),
        Some(date) if link.is_expired() => format!("{} (expired)", local_time(date)),
        Some(date) => local_time(date),
    }
}

/// The kind of a link.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LinkKind {
    Invitation,
    Primary,
    External,
}

impl fmt::Display for LinkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Returns the kind of the link.
pub(crate) fn kind(link: &RoomLink) -> LinkKind {
    if link.is_invitation() {
        LinkKind::Invitation
    } else if link.is_primary() {
        LinkKind::Primary
    } else {
        LinkKind::External
    }
}
