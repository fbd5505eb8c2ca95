//! What is printed of a room, or of a template.

use docspace::Room;
use docspace::people::Person;
use serde_json::{Value, json};

use crate::output::{Field, Record, day, instant};
use crate::text::kebab;

/// A room as it is printed.
pub(crate) struct RoomRecord(pub(crate) Room);

impl Record for RoomRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::column("id", |room| json!(room.0.id)),
        Field::column("title", |room| json!(room.0.title)),
        Field::column("type", |room| json!(kebab(&room.0.room_type.to_string()))),
        Field::column("state", |room| json!(state(&room.0))),
        Field::column("tags", |room| json!(sorted(&room.0.tags))),
        Field::more("owner", |room| person(room.0.owned_by.as_ref().or(room.0.created_by.as_ref()))),
        Field::more("created", |room| instant(room.0.created)),
        Field::column("updated", |room| instant(room.0.updated)),
        Field::more("expires", |room| day(room.0.expiration_date)),
        Field::more("pinned", |room| json!(room.0.pinned)),
        Field::more("shared", |room| json!(room.0.shared)),
        Field::more("private", |room| json!(room.0.private)),
        Field::more("indexing", |room| json!(room.0.indexing)),
        Field::more("denyDownload", |room| json!(room.0.deny_download)),
        Field::more("files", |room| json!(room.0.files_count)),
        Field::more("folders", |room| json!(room.0.folders_count)),
        Field::more("usedSpace", |room| json!(room.0.used_space)),
        // A portal says -1 where there is no limit.
        Field::more("quota", |room| json!(room.0.quota_limit.filter(|bytes| *bytes >= 0))),
        Field::more("color", |room| json!(room.0.logo.color)),
        Field::more("cover", |room| json!(room.0.logo.cover.as_ref().map(|cover| &cover.id))),
    ];
}

/// Where the room is.
fn state(room: &Room) -> &'static str {
    if room.is_archived() {
        "archived"
    } else if room.is_template() {
        "template"
    } else {
        "active"
    }
}

/// A portal does not keep the order of tags.
fn sorted(tags: &[String]) -> Vec<&String> {
    let mut tags: Vec<_> = tags.iter().collect();
    tags.sort();
    tags
}

/// Somebody's name.
fn person(person: Option<&Person>) -> Value {
    json!(person.map(|person| &person.display_name))
}
