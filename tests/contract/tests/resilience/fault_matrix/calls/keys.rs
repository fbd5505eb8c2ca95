//! API keys.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const KEYS: &[Call] = &[
    call!("Keys::list", "GET /keys", |s| s.portal.keys().list().await).accepts_missing_response(),
    call!("Keys::mine", "GET /keys", |s| s.portal.keys().mine().await).accepts_missing_response(),
    call!("Keys::get", "GET /keys", |s| s.portal.keys().get(s.fixture.key).await)
        .fails_without_response(ErrorKind::NotFound),
    call!("Keys::current", "GET /keys/@self", |s| s.portal.keys().current().await),
    call!("Keys::scopes", "GET /keys/permissions", |s| s.portal.keys().scopes().await).accepts_missing_response(),
    call!("CreateKey::send", "POST /keys", |s| s.portal.keys().create("new").send().await).never_retried(),
    call!("Keys::rotate", "POST /keys", |s| s.portal.keys().rotate(s.fixture.key).await).never_retried(),
    call!("Keys::rename", "PUT /keys/*", |s| s.portal.keys().rename(s.fixture.key, "other").await),
    call!("Keys::set_scopes", "PUT /keys/*", |s| s.portal.keys().set_scopes(s.fixture.key, ["rooms:read"]).await)
        .compares_answer(),
    call!("Keys::set_active", "PUT /keys/*", |s| s.portal.keys().set_active(s.fixture.key, false).await),
    call!("Keys::delete", "DELETE /keys/*", |s| s.portal.keys().delete(s.fixture.key).await).never_retried(),
];
