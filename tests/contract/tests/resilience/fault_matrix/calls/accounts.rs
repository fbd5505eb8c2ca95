//! Signing in and out, and calls that need no credentials.

use docspace::ErrorKind;
use futures::FutureExt;

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
    call!("Portal::capabilities", "GET /capabilities", |s| s.portal.capabilities().await),
];
