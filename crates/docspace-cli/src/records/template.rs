//! The printed fields of a single template.

use docspace::Room;

use super::room::{cover, owner, person, quota, sorted};
use crate::output::{Field, Id, Name, Record, instant, size};

/// A template as it is printed, with whether everyone who can create rooms can use it.
pub(crate) struct TemplateRecord {
    pub(crate) room: Room,
    pub(crate) public: bool,
}

impl Record for TemplateRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the template", &|template| Id::from(&template.room.id)),
        Field::<Self>::column("title", "Title", &|template| template.room.title.clone()).priority(90),
        Field::<Self>::column("type", "Type of the rooms made from it", &|template| Name(template.room.room_type))
            .never_cut()
            .priority(60),
        Field::<Self>::column("public", "Whether everyone who can create rooms can use it", &|template| {
            template.public
        })
        .never_cut(),
        Field::<Self>::column("tags", "Tags, sorted", &|template| sorted(&template.room.tags)).priority(30),
        Field::<Self>::detail("owner", "Name of the owner", &|template| person(owner(&template.room))),
        Field::<Self>::detail("created", "Time of creation", &|template| instant(template.room.created)),
        Field::<Self>::column("updated", "Time of the last change", &|template| instant(template.room.updated))
            .never_cut()
            .priority(40),
        Field::<Self>::detail("pinned", "Whether the caller has pinned it", &|template| template.room.pinned),
        Field::<Self>::detail("indexing", "Whether files and folders are numbered", &|template| template.room.indexing),
        Field::<Self>::detail("denyDownload", "Whether viewers cannot download, copy or print", &|template| {
            template.room.deny_download
        }),
        Field::<Self>::detail("quota", "Storage limit in bytes; null without a limit", &|template| {
            quota(&template.room)
        })
        .shown(|template| size(template.room.quota_limit)),
        Field::<Self>::detail("color", "Color of the logo, such as `FF6680`", &|template| {
            template.room.logo.color.clone()
        }),
        Field::<Self>::detail("cover", "Id of the picture of the logo, as in `docspace covers list`", &|template| {
            cover(&template.room)
        }),
    ];
}
