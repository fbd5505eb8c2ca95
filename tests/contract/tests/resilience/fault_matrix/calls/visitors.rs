//! Calls with the key of a link.

use docspace::ErrorKind;
use futures::{FutureExt, TryStreamExt};

use super::Call;
use crate::fault_matrix::fixture::LINK_PASSWORD;

pub(super) const VISITORS: &[Call] = &[
    call!("Visitor::check", "GET /files/share/*", |s| s.portal.visitor(s.fixture.share_key.clone()).check().await),
    call!("Visitor::unlock", "POST /files/share/*/password", |s| {
        s.portal.visitor(s.fixture.locked_share_key.clone()).unlock(LINK_PASSWORD).await
    })
    .never_retried(),
    call!("Visitor::room", "GET /files/rooms/*", |s| s.portal.visitor(s.fixture.share_key.clone()).room().await),
    call!("Visitor::room: read", "GET /files/share/*", |s| s.portal.visitor(s.fixture.share_key.clone()).room().await),
    call!("Visitor::folder", "GET /files/folder/*", |s| {
        s.portal.visitor(s.fixture.folder_share_key.clone()).folder().await
    }),
    call!("Visitor::file", "GET /files/file/*", |s| {
        s.portal.visitor(s.fixture.file_share_key.clone()).file().await
    }),
    call!("Visitor::content", "GET /files/*", |s| {
        s.portal.visitor(s.fixture.folder_share_key.clone()).content().try_collect::<Vec<_>>().await
    }),
    call!("Visitor::content: read", "GET /files/share/*", |s| {
        s.portal.visitor(s.fixture.folder_share_key.clone()).content().try_collect::<Vec<_>>().await
    }),
];
