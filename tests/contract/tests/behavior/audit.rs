//! The audit trail and the login history: filters that a portal honors, filters that the client
//! applies itself, and portals that ignore all of them.

use contract::recording;
use contract::server::Server;
use contract::target::Target;
use docspace::audit::{AuditAction, AuditActionType, AuditLocation};
use docspace::{Access, ErrorKind, Portal, RoomType, Timestamp};

#[tokio::test]
async fn events_of_a_room_are_found_with_and_without_an_action() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let room = portal.rooms().create("Audit", RoomType::Custom).send().await.unwrap();
        let other = portal.rooms().create("Other", RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).title("x").send().await.unwrap();
        portal.room(&room).links().update(link.id()).access(Access::Editing).send().await.unwrap();
        portal.room(&other).rename("Another").await.unwrap();

        let all = portal.audit().events().room(&room).all().await.unwrap();
        let actions: Vec<AuditAction> = all.iter().map(|event| event.action_id).collect();
        assert!(actions.contains(&AuditAction::RoomCreated), "{actions:?}");
        // The history of the room does not have this one.
        assert!(actions.contains(&AuditAction::RoomExternalLinkUpdated), "{actions:?}");
        assert!(all.iter().all(|event| event.target == Some(vec![room.id.to_string()])));
        assert!(all.iter().all(|event| event.location == AuditLocation::Rooms));

        let created = portal.audit().events().room(&room).action(AuditAction::RoomCreated).all().await.unwrap();
        assert_eq!(created.len(), 1);
        let both = portal.audit().events().action(AuditAction::RoomCreated).action(AuditAction::RoomRenamed);
        let both: Vec<_> = both.all().await.unwrap().iter().map(|event| event.action_id).collect();
        assert_eq!(both, [AuditAction::RoomRenamed, AuditAction::RoomCreated, AuditAction::RoomCreated]);
        let deleted = portal.audit().events().action_type(AuditActionType::Delete).all().await.unwrap();
        assert_eq!(deleted, []);
        let later = portal.audit().events().since(Timestamp::now() + std::time::Duration::from_secs(86_400));
        assert_eq!(later.all().await.unwrap(), []);
    })
    .await;
}

/// The answers of a portal that ignores what it is asked, as recorded.
#[tokio::test]
async fn events_of_a_portal_that_ignores_filters_fail() {
    let recording = recording::read("audit/events@no-audit");
    let last = recording.steps.iter().find(|step| step.path.ends_with("/events/filter")).expect("a step");
    let body = last.response.body.clone().expect("a body").to_string();
    let server = Server::start(move |_| (200, String::new(), body.clone()));
    let portal = Portal::builder(server.url()).api_key("sk-x").build().unwrap();
    let events = || portal.audit().events();
    for list in [
        events(),
        events().room(4711),
        events().action(AuditAction::RoomCopied),
        events().since(Timestamp::now()),
        events().room(4711).action(AuditAction::RoomCreated),
    ] {
        let error = list.all().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone);
        assert!(error.to_string().contains("no audit trail"), "{error}");
    }
}

#[tokio::test]
async fn events_fail_while_the_portal_hides_its_login_history() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        for number in 1..=25 {
            portal.rooms().create(format!("Room {number}"), RoomType::Custom).send().await.unwrap();
        }
        let events = || portal.audit().events();
        assert!(events().all().await.unwrap().len() >= 25);
        mock.portal(|portal| portal.hide_login_history(true));
        assert_eq!(events().all().await.unwrap_err().kind(), ErrorKind::NotDone);
        let error = events().action(AuditAction::RoomRenamed).all().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone);
    })
    .await;
}

/// The entries of people who sign in with a password. A portal filters a page after it has cut it,
/// so the client reads all of them.
#[tokio::test]
async fn logins_are_filtered_by_the_client() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let sign_in = |password: String| Portal::builder(mock.url()).sign_in(mock.email("owner"), password);
        assert!(sign_in("wrong".to_owned()).await.is_err());
        sign_in(mock.password("owner")).await.unwrap();
        let all = portal.audit().logins().all().await.unwrap();
        let failed = portal.audit().logins().failed().all().await.unwrap();
        assert_eq!((all.len() - failed.len(), failed.len()), (1, 1), "{all:?}");
        assert_eq!(failed[0].action_id, AuditAction::LoginFailViaApi);
        let success = portal.audit().logins().action(AuditAction::LoginSuccessViaApi).all().await.unwrap();
        assert_eq!(success.len(), 1);
        let own = portal.audit().logins().person(success[0].user_id).all().await.unwrap();
        assert_eq!(own, success);
        let later = portal.audit().logins().since(success[0].date + std::time::Duration::from_secs(60));
        assert_eq!(later.all().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn lifetime_of_the_trail_is_changed_and_that_of_logins_kept() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let before = portal.audit().lifetimes().await.unwrap();
        let now = portal.audit().edit_lifetimes().trail_days(90).send().await.unwrap();
        assert_eq!((now.audit_trail_life_time, now.login_history_life_time), (90, before.login_history_life_time));
        let sent = mock.requests().len();
        let error = portal.audit().edit_lifetimes().trail_days(0).login_days(181).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains("0 days") && error.to_string().contains("181 days"), "{error}");
        assert!(portal.audit().edit_lifetimes().send().await.unwrap_err().is_invalid());
        assert_eq!(mock.requests().len(), sent);
    })
    .await;
}
