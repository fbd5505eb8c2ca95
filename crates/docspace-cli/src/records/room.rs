//! The printed fields of a room or a template.

use docspace::Room;
use docspace::people::Person;
use serde_json::{Value, json};

use crate::output::{Field, Record, Tone, instant, optional_instant};
use crate::text::kebab;

/// A room or template as it is printed.
pub(crate) struct RoomRecord(pub(crate) Room);

impl Record for RoomRecord {
    const FIELDS: &'static [Field<Self>] = &[
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

/// Returns the owner, who is in `createdBy` even after a change. `ownedBy` is the creator of the
/// Rooms folder (docs/portal/permissions.md#sharedby-and-ownedby).
pub(super) fn owner(room: &Room) -> Option<&Person> {
    room.created_by.as_ref()
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
