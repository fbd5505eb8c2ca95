//! The printed fields of a single template.

use docspace::Room;
use serde_json::json;

use super::room::{owner, person, sorted};
use crate::output::{Field, Record, instant, size};
use crate::text::kebab;

/// A template as it is printed, with whether everyone who can create rooms can use it.
pub(crate) struct TemplateRecord {
    pub(crate) room: Room,
    pub(crate) public: bool,
}

impl Record for TemplateRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|template| json!(template.room.id)),
        Field::<Self>::column("title", |template| json!(template.room.title)).priority(90),
        Field::<Self>::column("type", |template| json!(kebab(&template.room.room_type.to_string())))
            .never_cut()
            .priority(60),
        Field::<Self>::column("public", |template| json!(template.public)).never_cut(),
        Field::<Self>::column("tags", |template| json!(sorted(&template.room.tags))).priority(30),
        Field::detail("owner", |template| person(owner(&template.room))),
        Field::detail("created", |template| instant(template.room.created)),
        Field::<Self>::column("updated", |template| instant(template.room.updated)).never_cut().priority(40),
        Field::detail("pinned", |template| json!(template.room.pinned)),
        Field::detail("indexing", |template| json!(template.room.indexing)),
        Field::detail("denyDownload", |template| json!(template.room.deny_download)),
        // The portal returns -1 for a template without a limit.
        Field::<Self>::detail("quota", |template| json!(template.room.quota_limit.filter(|bytes| *bytes >= 0)))
            .shown(|template| size(template.room.quota_limit)),
        Field::detail("color", |template| json!(template.room.logo.color)),
        Field::detail("cover", |template| json!(template.room.logo.cover.as_ref().map(|cover| &cover.id))),
    ];
}
