//! Signing in and out, calls that need no credentials, and calls without a method of their own.

use docspace::ErrorKind;
use docspace::api::ClientTagsExt;
use docspace::deps::http::Method;
use futures::FutureExt;
use serde_json::json;

use super::Call;

pub(super) const ACCOUNTS: &[Call] = &[
    call!("PortalBuilder::sign_in", "POST /authentication", |s| s.builder.sign_in(s.email, s.password).await)
        .never_retried(),
    // No person on a mock portal has a second factor, so every code is wrong.
    call!("PortalBuilder::sign_in_with_code", "POST /authentication/*", |s| {
        s.builder.sign_in_with_code(s.email, s.password, "123456").await
    })
    .never_retried()
    .fails_without_fault(ErrorKind::Unauthorized),
    call!("Portal::is_signed_in", "GET /keys/@self", |s| s.portal.is_signed_in().await)
        .takes_refusal_as_result("401 empty"),
    call!("Portal::is_signed_in (session)", "GET /authentication", |s| s.session().is_signed_in().await),
    call!("Portal::sign_out", "POST /authentication/logout", |s| s.session().sign_out().await)
        .fails_without_response(ErrorKind::NotDone),
    call!("Portal::version", "GET /settings/version/build", |s| s.portal.version().await),
    call!("Portal::call", "GET /files/tags", |s| s.portal.call(s.portal.api().list_tags().send()).await)
        .accepts_missing_response(),
    call!("Portal::get", "GET /files/tags", |s| s.portal.get::<Vec<String>>("files/tags", &()).await),
    call!("Portal::send", "POST /files/tags", |s| {
        s.portal.send::<String>(Method::POST, "files/tags", &json!({ "name": "raw" })).await
    })
    .never_retried(),
    call!("Portal::capabilities", "GET /capabilities", |s| s.portal.capabilities().await),
];
