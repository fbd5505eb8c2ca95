//! The printed fields of a room or a template.

use docspace::Room;
use docspace::people::Person;
use serde_json::{Value, json};

use crate::output::{Field, Record, Tone, instant, optional_instant};
use crate::text::kebab;

/// A room or template as it is printed.
pub(crate) struct RoomRecord(pub(crate) Room);

/// The fields of a record that begins with a room, with more fields at the end.
macro_rules! room_fields {
    ($($more:expr),* $(,)?) => {
        &[
            Field::id(|room| json!(room.0.id)),
            Field::<Self>::column("title", |room| json!(room.0.title)).priority(90),
            Field::<Self>::column("type", |room| json!(kebab(&room.0.room_type.to_string()))).never_cut().priority(60),
            Field::<Self>::column("state", |room| json!(state(&room.0))).never_cut().tone(|room| {
                match room.0.is_archived() {
                    true => Tone::Dim,
                    false => Tone::Plain,
                }
            }),
            Field::<Self>::column("tags", |room| json!(sorted(&room.0.tags))).priority(30),
            Field::detail("owner", |room| person(owner(&room.0))),
            Field::<Self>::detail("ownerId", |room| json!(owner(&room.0).map(|owner| &owner.id))),
            Field::detail("created", |room| instant(room.0.created)),
            Field::<Self>::column("updated", |room| instant(room.0.updated)).never_cut().priority(40),
            Field::detail("expires", |room| optional_instant(room.0.expiration_date)),
            Field::detail("pinned", |room| json!(room.0.pinned)),
            Field::detail("shared", |room| json!(room.0.shared)),
            Field::detail("private", |room| json!(room.0.private)),
            Field::detail("indexing", |room| json!(room.0.indexing)),
            Field::detail("denyDownload", |room| json!(room.0.deny_download)),
            Field::detail("files", |room| json!(room.0.files_count)),
            Field::detail("folders", |room| json!(room.0.folders_count)),
            Field::detail("usedSpace", |room| json!(room.0.used_space)),
            // The portal returns -1 for a room without a limit.
            Field::detail("quota", |room| json!(room.0.quota_limit.filter(|bytes| *bytes >= 0))),
            Field::detail("color", |room| json!(room.0.logo.color)),
            Field::detail("cover", |room| json!(room.0.logo.cover.as_ref().map(|cover| &cover.id))),
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
    /// Number of links without an expiry date.
    pub(crate) permanent: usize,
}

impl Record for RoomDetailsRecord {
    const FIELDS: &'static [Field<Self>] = room_fields![
        Field::<Self>::detail("url", |room| json!(room.1.url)).never_cut(),
        Field::<Self>::detail("ownerEmail", |room| json!(room.1.owner_email)).never_cut(),
        Field::detail("members", |room| json!(room.1.members)),
        Field::detail("links", |room| json!(room.1.links.as_ref().map(|links| links.all))),
        Field::<Self>::detail("expiredLinks", |room| json!(room.1.links.as_ref().map(|links| links.expired))).tone(
            |room| if room.1.links.as_ref().is_some_and(|links| links.expired > 0) { Tone::Bad } else { Tone::Plain }
        ),
        Field::detail("permanentLinks", |room| json!(room.1.links.as_ref().map(|links| links.permanent))),
    ];
}

/// Returns `active`, `archived` or `template`.
pub(crate) fn state(room: &Room) -> &'static str {
    if room.is_archived() {
        "archived"
    } else if room.is_template() {
        "template"
    } else {
        "active"
    }
}

/// Returns the owner or, if the portal does not name one, the creator.
pub(super) fn owner(room: &Room) -> Option<&Person> {
    room.owned_by.as_ref().or(room.created_by.as_ref())
}

/// Sorts the tags, because the portal returns them in varying order.
pub(super) fn sorted(tags: &[String]) -> Vec<&String> {
    let mut tags: Vec<_> = tags.iter().collect();
    tags.sort();
    tags
}

/// Returns the name of a person.
pub(super) fn person(person: Option<&Person>) -> Value {
    json!(person.map(|person| &person.display_name))
}
