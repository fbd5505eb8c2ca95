//! Tags of the portal.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const TAGS: &[Call] = &[
    call!("Tags::list", "GET /files/tags", |s| s.portal.tags().list().await).accepts_missing_response(),
    call!("Tags::create", "POST /files/tags", |s| s.portal.tags().create("new").await)
        .never_retried()
        .finds_lost_creation(),
    call!("Tags::rename", "PUT /files/tags", |s| s.portal.tags().rename("Audit", "other").await)
        .never_retried()
        .accepts_missing_response(),
    call!("Tags::delete", "DELETE /files/tags", |s| s.portal.tags().delete(["Audit"]).await).accepts_missing_response(),
    call!("Tags::is_used", "GET /files/tags/*/haslinks", |s| s.portal.tags().is_used("Audit").await),
];
