//! Histories, the audit trail and the login history.

use docspace::ErrorKind;
use docspace::audit::AuditAction;
use futures::{FutureExt, TryStreamExt};

use super::Call;

pub(super) const AUDIT: &[Call] = &[
    call!("ListHistory::all", "GET /files/folder/*/log", |s| { s.portal.room(&s.fixture.room).history().all().await })
        .accepts_missing_response(),
    call!("ListHistory::stream", "GET /files/folder/*/log", |s| {
        s.portal.room(&s.fixture.room).history().stream().try_collect::<Vec<_>>().await
    })
    .accepts_missing_response(),
    call!("ListHistory::all (file)", "GET /files/file/*/log", |s| s.portal.file(&s.fixture.file).history().all().await)
        .accepts_missing_response(),
    call!("ListAuditEvents::all", "GET /security/audit/events/filter", |s| {
        s.portal.audit().events().room(&s.fixture.room).action(AuditAction::RoomCreated).all().await
    })
    .accepts_missing_response(),
    call!("ListAuditEvents::stream", "GET /security/audit/events/filter", |s| {
        // Without an action, the client also asks for the actions that a portal does not list.
        let events = s.portal.audit().events().room(&s.fixture.room).action(AuditAction::RoomCreated);
        events.stream().try_collect::<Vec<_>>().await
    })
    .accepts_missing_response(),
    call!("ListLogins::all", "GET /security/audit/login/filter", |s| s.portal.audit().logins().all().await)
        .accepts_missing_response(),
    call!("ListLogins::stream", "GET /security/audit/login/filter", |s| {
        s.portal.audit().logins().stream().try_collect::<Vec<_>>().await
    })
    .accepts_missing_response(),
    call!("Audit::lifetimes", "GET /security/audit/settings/lifetime", |s| s.portal.audit().lifetimes().await),
    call!("EditAuditLifetimes::send", "POST /security/audit/settings/lifetime", |s| {
        s.portal.audit().edit_lifetimes().trail_days(90).login_days(90).send().await
    }),
    call!("EditAuditLifetimes::send (read)", "GET /security/audit/settings/lifetime", |s| {
        s.portal.audit().edit_lifetimes().trail_days(90).send().await
    }),
];
