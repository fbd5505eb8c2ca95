//! Room templates, and rooms made from them.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const TEMPLATES: &[Call] = &[
    call!("Templates::find", "GET /files/rooms", |s| s.portal.templates().find("template").await),
    call!("TemplateHandle::get", "GET /files/rooms/*", |s| s.portal.template(&s.world.template).get().await),
    call!("SaveAsTemplate::start", "POST /files/roomtemplate", |s| {
        s.portal.room(&s.world.room).save_as_template("new").start().await
    })
    .once()
    .may_be_empty(),
    call!("SaveAsTemplate::start: look", "GET /files/roomtemplate/status", |s| {
        s.portal.room(&s.world.room).save_as_template("new").start().await
    })
    .may_be_empty(),
    call!("CreateRoomFromTemplate::start", "POST /files/rooms/fromtemplate", |s| {
        s.portal.template(&s.world.template).create_room("new").start().await
    })
    .once()
    .may_be_empty(),
    call!("CreateRoomFromTemplate::start: look", "GET /files/rooms/fromtemplate/status", |s| {
        s.portal.template(&s.world.template).create_room("new").start().await
    })
    .may_be_empty(),
    call!("TemplateHandle::is_public", "GET /files/roomtemplate/*/public", |s| {
        s.portal.template(&s.world.template).is_public().await
    }),
    call!("TemplateHandle::set_public", "PUT /files/roomtemplate/public", |s| {
        s.portal.template(&s.world.template).set_public(true).await
    })
    .when_silent(ErrorKind::Operation),
    call!("TemplateHandle::users", "GET /files/rooms/*/share", |s| {
        s.portal.template(&s.world.template).users().await
    })
    .may_be_empty(),
    call!("TemplateHandle::share_with", "PUT /files/rooms/*/share", |s| {
        s.portal.template(&s.world.template).share_with([s.world.ann]).await
    })
    .compares(),
    call!("TemplateHandle::unshare", "PUT /files/rooms/*/share", |s| {
        s.portal.template(&s.world.template).unshare([s.world.ann]).await
    }),
    call!("TemplateHandle::rename", "PUT /files/rooms/*", |s| {
        s.portal.template(&s.world.template).rename("other").await
    }),
    call!("TemplateHandle::add_tags", "PUT /files/rooms/*/tags", |s| {
        s.portal.template(&s.world.template).add_tags(["new"]).await
    }),
    call!("TemplateHandle::remove_tags", "DELETE /files/rooms/*/tags", |s| {
        s.portal.template(&s.world.template).remove_tags(["Audit"]).await
    }),
    call!("TemplateHandle::pin", "PUT /files/rooms/*/pin", |s| s.portal.template(&s.world.template).pin().await),
    call!("TemplateHandle::unpin", "PUT /files/rooms/*/unpin", |s| {
        s.portal.template(&s.world.template).unpin().await
    }),
    call!("TemplateHandle::delete", "DELETE /files/rooms/*", |s| {
        s.portal.template(&s.world.template).delete().await
    })
    .once(),
];
