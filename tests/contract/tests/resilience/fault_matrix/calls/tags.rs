//! The portal's tags.

use docspace::ErrorKind;
use futures::FutureExt;

use super::Call;

pub(super) const TAGS: &[Call] = &[
    call!("Tags::list", "GET /files/tags", |s| s.portal.tags().list().await).may_be_empty(),
    call!("Tags::create", "POST /files/tags", |s| s.portal.tags().create("new").await).once().finds_what_it_made(),
    call!("Tags::rename", "PUT /files/tags", |s| s.portal.tags().rename("Audit", "other").await).once().may_be_empty(),
    call!("Tags::delete", "DELETE /files/tags", |s| s.portal.tags().delete(["Audit"]).await).may_be_empty(),
    call!("Tags::is_used", "GET /files/tags/*/haslinks", |s| s.portal.tags().is_used("Audit").await),
];
