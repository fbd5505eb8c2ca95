//! Room templates, and rooms made from them.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const TEMPLATES: &[Call] = &[
    call!("Templates::find", "GET /files/rooms", |s| s.portal.templates().find("template").await),
    call!("TemplateHandle::get", "GET /files/rooms/*", |s| s.portal.template(&s.fixture.template).get().await),
    call!("SaveAsTemplate::start", "POST /files/roomtemplate", |s| {
        s.portal.room(&s.fixture.room).save_as_template("new").start().await
    })
    .never_retried()
    .accepts_missing_response(),
    call!("SaveAsTemplate::start: read", "GET /files/roomtemplate/status", |s| {
        s.portal.room(&s.fixture.room).save_as_template("new").start().await
    })
    .accepts_missing_response(),
    call!("CreateRoomFromTemplate::start", "POST /files/rooms/fromtemplate", |s| {
        s.portal.template(&s.fixture.template).create_room("new").start().await
    })
    .never_retried()
    .accepts_missing_response(),
    call!("CreateRoomFromTemplate::start: read", "GET /files/rooms/fromtemplate/status", |s| {
        s.portal.template(&s.fixture.template).create_room("new").start().await
    })
    .accepts_missing_response(),
    call!("TemplateHandle::is_public", "GET /files/roomtemplate/*/public", |s| {
        s.portal.template(&s.fixture.template).is_public().await
    }),
    call!("TemplateHandle::set_public", "PUT /files/roomtemplate/public", |s| {
        s.portal.template(&s.fixture.template).set_public(true).await
    })
    .never_retried()
    .fails_without_response(ErrorKind::NotDone),
    call!("TemplateHandle::users", "GET /files/rooms/*/share", |s| {
        s.portal.template(&s.fixture.template).users().await
    })
    .accepts_missing_response(),
    call!("TemplateHandle::share_with", "PUT /files/rooms/*/share", |s| {
        s.portal.template(&s.fixture.template).share_with([s.fixture.ann]).await
    })
    .compares_answer(),
    call!("TemplateHandle::unshare", "PUT /files/rooms/*/share", |s| {
        s.portal.template(&s.fixture.template).unshare([s.fixture.ann]).await
    }),
    call!("TemplateHandle::rename", "PUT /files/rooms/*", |s| {
        s.portal.template(&s.fixture.template).rename("other").await
    }),
    call!("TemplateHandle::add_tags", "PUT /files/rooms/*/tags", |s| {
        s.portal.template(&s.fixture.template).add_tags(["new"]).await
    }),
    call!("TemplateHandle::remove_tags", "DELETE /files/rooms/*/tags", |s| {
        s.portal.template(&s.fixture.template).remove_tags(["Audit"]).await
    }),
    call!("TemplateHandle::pin", "PUT /files/rooms/*/pin", |s| s.portal.template(&s.fixture.template).pin().await),
    call!("TemplateHandle::unpin", "PUT /files/rooms/*/unpin", |s| {
        s.portal.template(&s.fixture.template).unpin().await
    }),
    call!("TemplateHandle::delete", "DELETE /files/rooms/*", |s| {
        s.portal.template(&s.fixture.template).delete().await
    })
    .never_retried(),
];
