//! Calls with the key of a link.

use docspace::ErrorKind;
use futures::FutureExt;

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
];
