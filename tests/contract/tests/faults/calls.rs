//! Every operation of the facade, with the request that is made to fail.

use docspace::{Access, PersonType, Result, RoomType};
use futures::future::BoxFuture;
use futures::{FutureExt, TryStreamExt};

use crate::world::Stage;

/// One operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) name: &'static str,
    /// The request that is the operation itself; those before it only look.
    pub(crate) target: &'static str,
    /// Whether it is sent again when nobody knows whether it was done.
    pub(crate) repeats: bool,
    /// Whether an answer that has no `response` says all there is to say.
    pub(crate) may_be_empty: bool,
    /// Whether it compares what the portal answers, or what is there afterwards, with what was asked for, so that an
    /// answer with a value nobody knows, to a call that was not executed, is a failure.
    pub(crate) compares: bool,
    pub(crate) run: fn(Stage) -> BoxFuture<'static, Result<()>>,
}

impl Call {
    const fn once(self) -> Self {
        Self { repeats: false, ..self }
    }

    const fn may_be_empty(self) -> Self {
        Self { may_be_empty: true, ..self }
    }

    const fn compares(self) -> Self {
        Self { compares: true, ..self }
    }

    /// Whether a portal counts it by itself, and few of its kind (portal-facts 3).
    pub(crate) fn is_sensitive(&self) -> bool {
        matches!(self.target, "POST /keys" | "POST /files/rooms/*/resend")
    }
}

/// A call by its name, its request, and what to do with the stage.
macro_rules! call {
    ($name:literal, $target:literal, |$stage:ident| $run:expr) => {
        Call {
            name: $name,
            target: $target,
            repeats: true,
            may_be_empty: false,
            compares: false,
            run: |$stage| async move { $run.map(drop) }.boxed(),
        }
    };
}

/// The first bytes of a GIF of one pixel.
const PICTURE: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0";

mod work;

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = Call> {
    ROOMS.iter().chain(LINKS).chain(TEMPLATES).chain(PEOPLE).chain(work::WORK).chain(OTHERS).copied()
}

const ROOMS: &[Call] = &[
    call!("rooms.create", "POST /files/rooms", |s| s.portal.rooms().create("new", RoomType::Custom).send().await)
        .once(),
    call!("rooms.list", "GET /files/rooms", |s| s.portal.rooms().list().all().await),
    call!("rooms.total", "GET /files/rooms", |s| s.portal.rooms().list().total().await),
    call!("room.get", "GET /files/rooms/*", |s| s.portal.room(&s.world.room).get().await),
    call!("rooms.find", "GET /files/rooms", |s| s.portal.rooms().find("room").await),
    call!("rooms.news", "GET /files/rooms/news", |s| s.portal.rooms().news().await).may_be_empty(),
    call!("room.news", "GET /files/rooms/*/news", |s| s.portal.room(&s.world.room).news().await).may_be_empty(),
    call!("room.content", "GET /files/*", |s| { s.portal.room(&s.world.room).content().try_collect::<Vec<_>>().await }),
    call!("room.reorder", "PUT /files/rooms/*/reorder", |s| s.portal.room(&s.world.room).reorder().await),
    call!("room.change_owner", "POST /files/owner", |s| s.portal.room(&s.world.room).change_owner(s.world.ann).await)
        .may_be_empty()
        .compares(),
    call!("room.edit", "PUT /files/rooms/*", |s| s.portal.room(&s.world.room).edit().quota(7).send().await),
    call!("room.rename", "PUT /files/rooms/*", |s| s.portal.room(&s.world.room).rename("other").await),
    call!("room.pin", "PUT /files/rooms/*/pin", |s| s.portal.room(&s.world.room).pin().await),
    call!("room.unpin", "PUT /files/rooms/*/unpin", |s| s.portal.room(&s.world.room).unpin().await),
    call!("room.archive", "PUT /files/rooms/*/archive", |s| s.portal.room(&s.world.room).archive().await),
    call!("room.restore", "PUT /files/rooms/*/unarchive", |s| s.portal.room(&s.world.archived).restore().await),
    call!("room.delete", "DELETE /files/rooms/*", |s| s.portal.room(&s.world.room).delete().await).once(),
    call!("room.delete: look", "GET /files/rooms/*", |s| s.portal.room(&s.world.room).delete().await),
    call!("room.set_quota", "PUT /files/rooms/roomquota", |s| s.portal.room(&s.world.room).set_quota(1).await),
    call!("room.remove_quota", "PUT /files/rooms/roomquota", |s| s.portal.room(&s.world.room).remove_quota().await),
    call!("room.reset_quota", "PUT /files/rooms/resetquota", |s| s.portal.room(&s.world.room).reset_quota().await),
    call!("room.set_cover", "POST /files/rooms/*/cover", |s| {
        s.portal.room(&s.world.room).set_cover(&s.world.cover).await
    }),
    call!("room.remove_cover", "POST /files/rooms/*/cover", |s| s.portal.room(&s.world.room).remove_cover().await),
    call!("room.set_color", "POST /files/rooms/*/cover", |s| s.portal.room(&s.world.room).set_color("00FF00").await),
    call!("room.remove_logo", "DELETE /files/rooms/*/logo", |s| s.portal.room(&s.world.room).remove_logo().await),
    call!("room.set_logo", "POST /files/rooms/*/logo", |s| {
        s.portal.room(&s.world.room).upload_logo("logo.gif", PICTURE).await
    }),
    call!("room.set_logo: upload", "POST /files/logos", |s| {
        s.portal.room(&s.world.room).upload_logo("logo.gif", PICTURE).await
    }),
    call!("room.add_tags", "PUT /files/rooms/*/tags", |s| s.portal.room(&s.world.room).add_tags(["new"]).await),
    call!("room.remove_tags", "DELETE /files/rooms/*/tags", |s| {
        s.portal.room(&s.world.room).remove_tags(["Audit"]).await
    }),
];

const LINKS: &[Call] = &[
    call!("links.list", "GET /files/rooms/*/links", |s| s.portal.room(&s.world.room).links().list().await)
        .may_be_empty(),
    call!("links.primary", "GET /files/rooms/*/link", |s| s.portal.room(&s.world.room).links().primary().await),
    call!("links.create", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().create(Access::Read).send().await
    })
    .compares(),
    call!("links.invite", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().invite(Access::Read).send().await
    })
    .compares(),
    call!("links.update", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().update(s.world.link).title("other").send().await
    })
    .compares(),
    call!("links.update: look", "GET /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().update(s.world.link).title("other").send().await
    })
    .may_be_empty(),
    call!("links.revoke", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.room).links().revoke(s.world.link).await
    })
    .may_be_empty(),
    call!("links.revoke primary", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.world.public).links().revoke(s.world.primary).await
    })
    .may_be_empty()
    .compares(),
    call!("members.list", "GET /files/rooms/*/share", |s| s.portal.room(&s.world.room).members().list().await)
        .may_be_empty(),
    call!("members.add", "PUT /files/rooms/*/share", |s| {
        s.portal.room(&s.world.room).members().add(s.world.ann, Access::Editing).await
    })
    .compares(),
    call!("members.remove", "PUT /files/rooms/*/share", |s| {
        s.portal.room(&s.world.room).members().remove(s.world.ann).await
    }),
    call!("members.resend_all", "POST /files/rooms/*/resend", |s| {
        s.portal.room(&s.world.room).members().resend_all().await
    })
    .once()
    .may_be_empty(),
    call!("members.resend", "POST /files/rooms/*/resend", |s| {
        s.portal.room(&s.world.room).members().resend([s.world.ann]).await
    })
    .once()
    .may_be_empty(),
    call!("links.get", "GET /files/rooms/*/links", |s| s.portal.room(&s.world.room).links().get(s.world.link).await)
        .may_be_empty(),
];

const TEMPLATES: &[Call] = &[
    call!("templates.list", "GET /files/rooms", |s| s.portal.templates().list().all().await),
    call!("template.get", "GET /files/rooms/*", |s| s.portal.template(&s.world.template).get().await),
    call!("template.start", "POST /files/roomtemplate", |s| {
        s.portal.room(&s.world.room).save_as_template("new").start().await
    })
    .once()
    .may_be_empty(),
    call!("template.start: look", "GET /files/roomtemplate/status", |s| {
        s.portal.room(&s.world.room).save_as_template("new").start().await
    })
    .may_be_empty(),
    call!("template.create_room", "POST /files/rooms/fromtemplate", |s| {
        s.portal.template(&s.world.template).create_room("new").start().await
    })
    .once()
    .may_be_empty(),
    call!("template.create_room: look", "GET /files/rooms/fromtemplate/status", |s| {
        s.portal.template(&s.world.template).create_room("new").start().await
    })
    .may_be_empty(),
    call!("template.is_public", "GET /files/roomtemplate/*/public", |s| {
        s.portal.template(&s.world.template).is_public().await
    }),
    call!("template.set_public", "PUT /files/roomtemplate/public", |s| {
        s.portal.template(&s.world.template).set_public(true).await
    })
    .may_be_empty(),
    call!("template.users", "GET /files/rooms/*/share", |s| s.portal.template(&s.world.template).users().await)
        .may_be_empty(),
    call!("template.share_with", "PUT /files/rooms/*/share", |s| {
        s.portal.template(&s.world.template).share_with([s.world.ann]).await
    })
    .compares(),
    call!("template.unshare", "PUT /files/rooms/*/share", |s| {
        s.portal.template(&s.world.template).unshare([s.world.ann]).await
    }),
    call!("template.rename", "PUT /files/rooms/*", |s| s.portal.template(&s.world.template).rename("other").await),
    call!("template.pin", "PUT /files/rooms/*/pin", |s| s.portal.template(&s.world.template).pin().await),
    call!("template.delete", "DELETE /files/rooms/*", |s| s.portal.template(&s.world.template).delete().await).once(),
];

const OTHERS: &[Call] = &[
    call!("sign_in", "POST /authentication", |s| s.builder.sign_in(s.email, s.password).await).once(),
    call!("me", "GET /people/@self", |s| s.portal.me().await),
    call!("covers", "GET /files/rooms/covers", |s| s.portal.covers().await).may_be_empty(),
    call!("tags.list", "GET /files/tags", |s| s.portal.tags().list().await).may_be_empty(),
    call!("tags.create", "POST /files/tags", |s| s.portal.tags().create("new").await).once(),
    call!("tags.rename", "PUT /files/tags", |s| s.portal.tags().rename("Audit", "other").await).once().may_be_empty(),
    call!("tags.delete", "DELETE /files/tags", |s| s.portal.tags().delete(["Audit"]).await).may_be_empty(),
    call!("tags.is_used", "GET /files/tags/*/haslinks", |s| s.portal.tags().is_used("Audit").await),
    call!("groups.list", "GET /files/group", |s| s.portal.groups().list().await).may_be_empty(),
    call!("groups.get", "GET /files/group/*", |s| s.portal.groups().get(s.world.group).await),
    call!("groups.create", "POST /files/group", |s| {
        s.portal.groups().create("new", &s.world.cover, [s.world.room.id.clone()]).await
    })
    .once(),
    call!("groups.rename", "PUT /files/group/*", |s| s.portal.groups().rename(s.world.group, "other").await),
    call!("groups.add", "PUT /files/group/*", |s| {
        s.portal.groups().add(s.world.group, [s.world.public.id.clone()]).await
    }),
    call!("groups.remove", "PUT /files/group/*", |s| {
        s.portal.groups().remove(s.world.group, [s.world.public.id.clone()]).await
    }),
    call!("groups.set_icon", "POST /files/group/*/icon", |s| {
        s.portal.groups().set_icon(s.world.group, &s.world.cover).await
    }),
    call!("groups.delete", "DELETE /files/group/*", |s| s.portal.groups().delete(s.world.group).await).may_be_empty(),
    call!("keys.list", "GET /keys", |s| s.portal.keys().list().await).may_be_empty(),
    call!("keys.current", "GET /keys/@self", |s| s.portal.keys().current().await),
    call!("keys.scopes", "GET /keys/permissions", |s| s.portal.keys().scopes().await).may_be_empty(),
    call!("keys.create", "POST /keys", |s| s.portal.keys().create("new").send().await).once(),
    call!("keys.rotate", "POST /keys", |s| s.portal.keys().rotate(s.world.key).await).once(),
    call!("keys.rename", "PUT /keys/*", |s| s.portal.keys().rename(s.world.key, "other").await),
    call!("keys.set_active", "PUT /keys/*", |s| s.portal.keys().set_active(s.world.key, false).await),
    call!("keys.delete", "DELETE /keys/*", |s| s.portal.keys().delete(s.world.key).await).once(),
];

const PEOPLE: &[Call] = &[
    call!("my_id", "GET /keys/@self", |s| s.portal.my_id().await),
    call!("version", "GET /settings/version/build", |s| s.portal.version().await),
    call!("capabilities", "GET /capabilities", |s| s.portal.capabilities().await),
    call!("people.list", "GET /people/filter", |s| s.portal.people().list().all().await).may_be_empty(),
    call!("people.get", "GET /people/*", |s| s.portal.people().get(s.world.ann).await),
    call!("people.create", "POST /people/active", |s| {
        let eva = s.portal.people().create("eva@example.com", "Eva", "Evans", PersonType::User);
        eva.password("LongEnough1!").send().await
    })
    .once(),
    call!("people.invite", "POST /people/invite", |s| {
        s.portal.people().invite(["eva@example.com"], PersonType::Guest).await
    })
    .once(),
    call!("people_groups.list", "GET /group", |s| s.portal.people_groups().list().await).may_be_empty(),
    call!("people_groups.get", "GET /group/*", |s| s.portal.people_groups().get(s.world.people_group).await),
    call!("people_groups.create", "POST /group", |s| {
        s.portal.people_groups().create("new").members([s.world.ann]).send().await
    })
    .once(),
    call!("members.people", "GET /files/rooms/*/share", |s| s.portal.room(&s.world.room).members().people().await)
        .may_be_empty(),
    call!("keys.mine", "GET /keys", |s| s.portal.keys().mine().await).may_be_empty(),
    call!("keys.set_scopes", "PUT /keys/*", |s| s.portal.keys().set_scopes(s.world.key, ["rooms:read"]).await)
        .compares(),
];
