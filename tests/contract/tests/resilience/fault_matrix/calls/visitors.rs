//! Those who come with a link.

use docspace::ErrorKind;
use futures::FutureExt;

use super::super::world::LINK_PASSWORD;
use super::Call;

pub(super) const VISITORS: &[Call] = &[
    call!("Visitor::check", "GET /files/share/*", |s| s.portal.visitor(s.world.share_key.clone()).check().await),
    call!("Visitor::unlock", "POST /files/share/*/password", |s| {
        s.portal.visitor(s.world.locked_share_key.clone()).unlock(LINK_PASSWORD).await
    })
    .once(),
    call!("Visitor::room", "GET /files/rooms/*", |s| s.portal.visitor(s.world.share_key.clone()).room().await),
    call!("Visitor::room: look", "GET /files/share/*", |s| s.portal.visitor(s.world.share_key.clone()).room().await),
];
