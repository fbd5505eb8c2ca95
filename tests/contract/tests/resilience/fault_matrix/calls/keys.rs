//! API keys.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const KEYS: &[Call] = &[
    call!("Keys::list", "GET /keys", |s| s.portal.keys().list().await).may_be_empty(),
    call!("Keys::mine", "GET /keys", |s| s.portal.keys().mine().await).may_be_empty(),
    call!("Keys::get", "GET /keys", |s| s.portal.keys().get(s.world.key).await).when_silent(ErrorKind::NotFound),
    call!("Keys::current", "GET /keys/@self", |s| s.portal.keys().current().await),
    call!("Keys::scopes", "GET /keys/permissions", |s| s.portal.keys().scopes().await).may_be_empty(),
    call!("CreateKey::send", "POST /keys", |s| s.portal.keys().create("new").send().await).once(),
    call!("Keys::rotate", "POST /keys", |s| s.portal.keys().rotate(s.world.key).await).once(),
    call!("Keys::rename", "PUT /keys/*", |s| s.portal.keys().rename(s.world.key, "other").await),
    call!("Keys::set_scopes", "PUT /keys/*", |s| s.portal.keys().set_scopes(s.world.key, ["rooms:read"]).await)
        .compares(),
    call!("Keys::set_active", "PUT /keys/*", |s| s.portal.keys().set_active(s.world.key, false).await),
    call!("Keys::delete", "DELETE /keys/*", |s| s.portal.keys().delete(s.world.key).await).once(),
];
