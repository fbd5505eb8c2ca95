//! Links of rooms, folders and files.

use docspace::{Access, ErrorKind};
use futures::FutureExt;

use super::Call;

pub(super) const LINKS: &[Call] = &[
    call!("Links::list", "GET /files/rooms/*/links", |s| s.portal.room(&s.fixture.room).links().list().await)
        .accepts_missing_response(),
    // A list without links does not contain the requested link.
    call!("Links::get", "GET /files/rooms/*/links", |s| s
        .portal
        .room(&s.fixture.room)
        .links()
        .get(s.fixture.link)
        .await)
    .fails_without_response(ErrorKind::NotFound),
    call!("Links::primary", "GET /files/rooms/*/link", |s| s.portal.room(&s.fixture.room).links().primary().await),
    call!("CreateLink::send", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.fixture.room).links().create(Access::Read).send().await
    })
    .compares_answer(),
    call!("CreateInvitation::send", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.fixture.room).links().invite(Access::Read).send().await
    })
    .compares_answer(),
    call!("UpdateLink::send", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.fixture.room).links().update(s.fixture.link).title("other").send().await
    })
    .compares_answer(),
    // The update sends the whole link back, and the portal refuses its unknown access.
    call!("UpdateLink::send: read", "GET /files/rooms/*/links", |s| {
        s.portal.room(&s.fixture.room).links().update(s.fixture.link).title("other").send().await
    })
    .fails_without_response(ErrorKind::NotFound)
    .fails_with_unknown_values(ErrorKind::Forbidden),
    // The portal answers a revocation without a `response`, so the client reads the links to verify
    // it.
    call!("Links::revoke", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.fixture.room).links().revoke(s.fixture.link).await
    })
    .verifies_removal()
    .fails_without_response(ErrorKind::NotDone),
    call!("Links::revoke (primary)", "PUT /files/rooms/*/links", |s| {
        s.portal.room(&s.fixture.public).links().revoke(s.fixture.primary).await
    })
    .verifies_removal()
    .fails_without_response(ErrorKind::NotDone)
    .compares_answer(),
    call!("Links::list (folder)", "GET /files/folder/*/links", |s| s
        .portal
        .folder(&s.fixture.folder)
        .links()
        .list()
        .await)
    .accepts_missing_response(),
    call!("Links::get (folder)", "GET /files/folder/*/links", |s| {
        s.portal.folder(&s.fixture.folder).links().get(s.fixture.folder_link).await
    })
    .fails_without_response(ErrorKind::NotFound),
    call!("Links::primary (folder)", "GET /files/folder/*/link", |s| s
        .portal
        .folder(&s.fixture.folder)
        .links()
        .primary()
        .await),
    call!("Links::primary (folder): read", "GET /files/folder/*", |s| s
        .portal
        .folder(&s.fixture.folder)
        .links()
        .primary()
        .await),
    call!("CreateLink::send (folder)", "PUT /files/folder/*/links", |s| {
        s.portal.folder(&s.fixture.folder).links().create(Access::Read).send().await
    })
    .fails_without_response(ErrorKind::NotDone)
    .compares_answer(),
    call!("CreateLink::send (folder): read", "GET /files/folder/*", |s| {
        s.portal.folder(&s.fixture.folder).links().create(Access::Read).send().await
    }),
    call!("UpdateLink::send (folder)", "PUT /files/folder/*/links", |s| {
        s.portal.folder(&s.fixture.folder).links().update(s.fixture.folder_link).title("other").send().await
    })
    .fails_without_response(ErrorKind::NotDone)
    .compares_answer(),
    call!("Links::revoke (folder)", "PUT /files/folder/*/links", |s| {
        s.portal.folder(&s.fixture.folder).links().revoke(s.fixture.folder_link).await
    })
    .verifies_removal()
    .fails_without_response(ErrorKind::NotDone),
    call!("Links::list (file)", "GET /files/file/*/links", |s| s.portal.file(&s.fixture.file).links().list().await)
        .accepts_missing_response(),
    call!("Links::get (file)", "GET /files/file/*/links", |s| {
        s.portal.file(&s.fixture.file).links().get(s.fixture.file_link).await
    })
    .fails_without_response(ErrorKind::NotFound),
    call!("Links::primary (file)", "GET /files/file/*/link", |s| s
        .portal
        .file(&s.fixture.file)
        .links()
        .primary()
        .await),
    call!("Links::primary (file): read", "GET /files/file/*", |s| s
        .portal
        .file(&s.fixture.file)
        .links()
        .primary()
        .await),
    call!("CreateLink::send (file)", "PUT /files/file/*/links", |s| {
        s.portal.file(&s.fixture.file).links().create(Access::Read).send().await
    })
    .fails_without_response(ErrorKind::NotDone)
    .compares_answer(),
    call!("CreateLink::send (file): read", "GET /files/file/*", |s| {
        s.portal.file(&s.fixture.file).links().create(Access::Read).send().await
    }),
    call!("UpdateLink::send (file)", "PUT /files/file/*/links", |s| {
        s.portal.file(&s.fixture.file).links().update(s.fixture.file_link).title("other").send().await
    })
    .fails_without_response(ErrorKind::NotDone)
    .compares_answer(),
    call!("Links::revoke (file)", "PUT /files/file/*/links", |s| {
        s.portal.file(&s.fixture.file).links().revoke(s.fixture.file_link).await
    })
    .verifies_removal()
    .fails_without_response(ErrorKind::NotDone),
];
