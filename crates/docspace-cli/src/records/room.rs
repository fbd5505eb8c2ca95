//! The printed fields of a room or a template.

use docspace::Room;
use docspace::people::Person;
use schemars::JsonSchema;
use serde::Serialize;

use crate::output::{Field, Id, Name, Record, Tone, expiry_tone, instant, optional_instant, size};

/// A room or template as it is printed.
pub(crate) struct RoomRecord(pub(crate) Room);

/// The fields of a record that begins with a room, with more fields at the end.
macro_rules! room_fields {
    ($($more:expr),* $(,)?) => {
        &[
            Field::<Self>::id("Id of the room or template", &|room| Id::from(&room.0.id)),
            Field::<Self>::column("title", "Title", &|room| room.0.title.clone()).priority(90),
            Field::<Self>::column("type", "Type of the room", &|room| Name(room.0.room_type)).never_cut().priority(60),
            Field::<Self>::column("state", "State", &|room| state(&room.0)).never_cut().tone(|room| {
                match room.0.is_archived() {
                    true => Tone::Dim,
                    false => Tone::Plain,
                }
            }),
            Field::<Self>::column("tags", "Tags, sorted", &|room| sorted(&room.0.tags)).priority(30),
            Field::<Self>::detail("owner", "Name of the owner", &|room| person(owner(&room.0))),
            Field::<Self>::detail("ownerId", "Id of the owner", &|room| owner(&room.0).map(|owner| owner.id.0)),
            Field::<Self>::detail("created", "Time of creation", &|room| instant(room.0.created)),
            Field::<Self>::column("updated", "Time of the last change", &|room| instant(room.0.updated))
                .never_cut()
                .priority(40),
            Field::<Self>::detail("expires", "Time of expiry; null for a room that does not expire", &|room| {
                optional_instant(room.0.expiration_date)
            })
            .tone(|room| expiry_tone(room.0.expiration_date)),
            Field::<Self>::detail("pinned", "Whether the caller has pinned it", &|room| room.0.pinned),
            Field::<Self>::detail("shared", "Whether it has an external link", &|room| room.0.shared),
            Field::<Self>::detail("private", "Whether its content is encrypted", &|room| room.0.private),
            Field::<Self>::detail("indexing", "Whether files and folders are numbered", &|room| room.0.indexing),
            Field::<Self>::detail("denyDownload", "Whether viewers cannot download, copy or print", &|room| {
                room.0.deny_download
            }),
            Field::<Self>::detail("files", "Number of files", &|room| room.0.files_count),
            Field::<Self>::detail("folders", "Number of folders", &|room| room.0.folders_count),
            Field::<Self>::detail("usedSpace", "Used storage in bytes", &|room| room.0.used_space)
                .shown(|room| size(room.0.used_space)),
            Field::<Self>::detail("quota", "Storage limit in bytes; null without a limit", &|room| quota(&room.0))
                .shown(|room| size(room.0.quota_limit)),
            Field::<Self>::detail("color", "Color of the logo, such as `FF6680`", &|room| room.0.logo.color.clone()),
            Field::<Self>::detail("cover", "Id of the picture of the logo, as in `docspace covers list`", &|room| {
                cover(&room.0)
            }),
            $($more),*
        ]
    };
}

impl Record for RoomRecord {
    const FIELDS: &'static [Field<Self>] = room_fields![];
}

/// A single room as it is printed, with details that other calls return.
pub(crate) struct RoomDetailsRecord(pub(crate) Room, pub(crate) RoomDetails);

/// What a room does not contain. A detail is `None` if it is not printed, or if the caller is not
/// allowed to read it.
pub(crate) struct RoomDetails {
    /// The address of the page of the room.
    pub(crate) url: String,
    pub(crate) owner_email: Option<String>,
    pub(crate) members: Option<u64>,
    pub(crate) links: Option<LinkCounts>,
}

/// The numbers of links of a room.
pub(crate) struct LinkCounts {
    pub(crate) all: usize,
    pub(crate) expired: usize,
    /// Number of links that never expire.
    pub(crate) never_expiring: usize,
}

impl Record for RoomDetailsRecord {
    const FIELDS: &'static [Field<Self>] = room_fields![
        Field::<Self>::detail("url", "Address of the page of the room", &|room| room.1.url.clone()).never_cut(),
        Field::<Self>::detail("ownerEmail", "E-mail address of the owner; null if it is hidden", &|room| {
            room.1.owner_email.clone()
        })
        .never_cut(),
        Field::<Self>::detail("members", "Number of members; null if they are hidden", &|room| room.1.members),
        Field::<Self>::detail("links", "Number of links; null if they are hidden", &|room| room
            .links(|links| links.all)),
        Field::<Self>::detail("expiredLinks", "Number of links that have expired; null if links are hidden", &|room| {
            room.links(|links| links.expired)
        })
        .tone(|room| match room.links(|links| links.expired) {
            None | Some(0) => Tone::Plain,
            Some(_) => Tone::Bad,
        }),
        Field::<Self>::detail(
            "neverExpiringLinks",
            "Number of links that never expire; null if links are hidden",
            &|room| room.links(|links| links.never_expiring)
        ),
    ];
}

impl RoomDetailsRecord {
    fn links(&self, count: fn(&LinkCounts) -> usize) -> Option<usize> {
        self.1.links.as_ref().map(count)
    }
}

/// The state of a room or template.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RoomState {
    Active,
    Archived,
    Template,
}

/// Returns the state of a room or template.
pub(crate) fn state(room: &Room) -> RoomState {
    if room.is_archived() {
        RoomState::Archived
    } else if room.is_template() {
        RoomState::Template
    } else {
        RoomState::Active
    }
}

/// Returns the owner, who is in `createdBy` even after a change. `ownedBy` is the creator of the
/// Rooms folder (docs/portal/permissions.md#sharedby-and-ownedby).
pub(super) fn owner(room: &Room) -> Option<&Person> {
    room.created_by.as_ref()
}

/// Sorts the tags, because the portal returns them in varying order.
pub(super) fn sorted(tags: &[String]) -> Vec<String> {
    let mut tags = tags.to_vec();
    tags.sort();
    tags
}

/// Returns the name of a person.
pub(super) fn person(person: Option<&Person>) -> Option<String> {
    person.map(|person| person.display_name.clone())
}

/// Returns the storage limit. The portal returns -1 for a room or template without a limit.
pub(super) fn quota(room: &Room) -> Option<i64> {
    room.quota_limit.filter(|bytes| *bytes >= 0)
}

/// Returns the id of the built-in picture.
pub(super) fn cover(room: &Room) -> Option<String> {
    room.logo.cover.as_ref().map(|cover| cover.id.clone())
}
