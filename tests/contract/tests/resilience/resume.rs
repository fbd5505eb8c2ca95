//! Waits that are continued: by the same operation, and from a ticket in another program.

use std::time::Duration;

use contract::target::Target;
use docspace::waiting::{Resumed, Ticket};
use docspace::{Access, ErrorKind, Portal, RoomType};
use docspace_mock::{Fault, MockPortal};

use crate::fixture::{rooms, sent, slowly};

/// A ticket as another program reads it.
fn stored(ticket: Option<Ticket>) -> Ticket {
    let json = serde_json::to_string(&ticket.expect("a ticket")).unwrap();
    serde_json::from_str(&json).unwrap()
}

/// Another program of the same person.
fn other_program(target: &Target) -> Portal {
    target.portal()
}

#[tokio::test]
async fn moves_and_deletions_are_resumed_without_another_request() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let archiving = portal.room(&made[0]).archive().await.unwrap();
        let ticket = stored(archiving.ticket());
        drop(archiving);
        let archived = other_program(target).resume(&ticket).unwrap().wait().await.unwrap();
        assert!(archived.into_room().unwrap().is_archived());
        assert_eq!(sent(mock, "PUT"), 1);

        let deleting = portal.room(&made[0]).delete().await.unwrap();
        let ticket = stored(deleting.ticket());
        drop(deleting);
        assert_eq!(other_program(target).resume(&ticket).unwrap().wait().await.unwrap(), Resumed::Deleted);
        assert_eq!(sent(mock, "DELETE"), 1);
        assert!(portal.room(&made[0]).get().await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn ended_operations_are_resumed_with_their_result() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let archiving = portal.room(&made[0]).archive().await.unwrap();
        let ticket = stored(archiving.ticket());
        // The portal reports the end only once, to this wait.
        archiving.wait().await.unwrap();
        for _ in 0..2 {
            let archived = other_program(target).resume(&ticket).unwrap().wait().await.unwrap();
            assert!(archived.into_room().unwrap().is_archived());
        }
    })
    .await;
}

#[tokio::test]
async fn templates_and_rooms_from_them_are_resumed_without_another_request() {
    slowly(async |target, mock| {
        let portal = target.portal();
        // A room of the same title is not taken for the result.
        let made = rooms(&portal, 1).await;
        let saving = portal.room(&made[0]).save_as_template("Audit").start().await.unwrap();
        let ticket = stored(saving.ticket());
        drop(saving);
        let template = other_program(target).resume(&ticket).unwrap().wait().await.unwrap().into_room().unwrap();
        assert!(template.is_template());

        let creating = portal.template(&template).create_room("room 0").start().await.unwrap();
        let ticket = stored(creating.ticket());
        drop(creating);
        let room = other_program(target).resume(&ticket).unwrap().wait().await.unwrap().into_room().unwrap();
        assert!(room.is_active() && room.id != made[0].id && room.title == "room 0");
        let starts = |request: &&docspace_mock::LoggedRequest| {
            request.method == "POST" && (request.path.ends_with("template") || request.path.ends_with("fromtemplate"))
        };
        assert_eq!(mock.requests().iter().filter(starts).count(), 2);
    })
    .await;
}

/// The portal drops the operation, so only a new one could archive the room.
#[tokio::test]
async fn dropped_operations_are_not_started_again() {
    slowly(async |target, mock| {
        let portal = target.portal_with(target.wait_policy().stall(Duration::from_millis(5)));
        let made = rooms(&portal, 1).await;
        mock.portal(|portal| portal.lose_operations(1));
        let ticket = stored(portal.room(&made[0]).archive().await.unwrap().ticket());
        let resumed = portal.resume(&ticket).unwrap().deadline(Duration::from_millis(300));
        let error = resumed.wait().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(sent(mock, "PUT"), 1);
        assert!(portal.room(&made[0]).get().await.unwrap().is_active());
    })
    .await;
}

/// The operation has ended, and another program has moved the room back since.
#[tokio::test]
async fn operations_that_the_portal_has_forgotten_are_not_done() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let archiving = portal.room(&made[0]).archive().await.unwrap();
        let ticket = stored(archiving.ticket());
        archiving.wait().await.unwrap();
        portal.room(&made[0]).restore().await.unwrap().wait().await.unwrap();
        let error = other_program(target).resume(&ticket).unwrap().wait().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone);
    })
    .await;
}

#[tokio::test]
async fn resumed_operations_are_canceled() {
    slowly(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let ticket = stored(portal.room(&made[0]).archive().await.unwrap().ticket());
        let outcome = other_program(target).resume(&ticket).unwrap().cancel().await.unwrap();
        let room = portal.room(&made[0]).get().await.unwrap();
        assert_eq!(outcome.is_some(), room.is_archived(), "the outcome is that of the room");
    })
    .await;
}

/// Each call waits for less than one pause between polls, and together they see the end.
#[tokio::test]
async fn short_waits_add_up() {
    slowly(async |target, _| {
        let policy = target.wait_policy().first_pause(Duration::from_millis(50));
        let portal = target.portal_with(policy);
        let made = rooms(&portal, 1).await;
        let mut archiving = portal.room(&made[0]).archive().await.unwrap();
        let mut waits = 0;
        let archived = loop {
            if let Some(room) = archiving.wait_for(Duration::from_millis(10)).await.unwrap() {
                break room;
            }
            waits += 1;
            assert!(waits < 10_000, "short waits never see the end");
        };
        assert!(archived.is_archived());
        assert_ne!(waits, 0, "the first wait saw the end, so the test proves nothing");
    })
    .await;
}

#[tokio::test]
async fn failed_polls_end_a_short_wait_with_an_error() {
    Target::run_on(MockPortal::builder().start().await.unwrap(), async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let mut archiving = portal.room(&made[0]).archive().await.unwrap();
        mock.faults().next("GET /files/fileops", Fault::status(403));
        mock.faults().next("GET /files/rooms/*", Fault::status(500).times(100));
        let error = archiving.wait_for(Duration::from_secs(60)).await.unwrap_err();
        assert!(!error.nothing_was_done(), "{error}");
    })
    .await;
}

#[tokio::test]
async fn tickets_of_something_else_are_rejected() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        for text in [
            "null",
            "{}",
            r#"{"room_operation": {"target": "archived"}}"#,
            r#"{"template_operation": 7}"#,
            r#"{"entry_operation": {"deletion": {"entry": {"file": 7}}}}"#,
            r#"{"entry_operation": {"transfer": {"is_move": true}}}"#,
            r#"{"entry_operation": {"deletion": {"entry": {"file": 7}, "to_trash": true}, "operation": "none"}}"#,
        ] {
            let ticket: Ticket = serde_json::from_str(text).unwrap();
            let error = portal.resume(&ticket).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{text}");
        }
        assert!(mock.requests().is_empty());
    })
    .await;
}

/// The people with whom a template is shared are checked at the end, as by the first wait.
#[tokio::test]
async fn resumed_templates_are_checked_for_their_shares() {
    let mock = MockPortal::builder().person("ann", docspace_mock::Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, _| {
        let portal = target.portal();
        let room = portal.rooms().create("Audit", RoomType::Custom).send().await.unwrap();
        portal.room(&room).links().create(Access::Read).send().await.unwrap();
        let saving = portal.room(&room).save_as_template("Audit").share_with_emails(["ann@example.com"]);
        let ticket = stored(saving.start().await.unwrap().ticket());
        let template = other_program(target).resume(&ticket).unwrap().wait().await.unwrap().into_room().unwrap();
        let users = portal.template(&template).users().await.unwrap();
        assert!(users.iter().any(|user| user.email() == Some("ann@example.com")), "{users:?}");
    })
    .await;
}
