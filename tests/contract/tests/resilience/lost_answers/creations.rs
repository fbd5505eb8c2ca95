//! Creations whose answer is lost: the client does not know whether the portal created the room,
//! and never creates it twice.

use std::time::Duration;

use contract::target::Target;
use docspace::people::PersonType;
use docspace::rooms::Lifetime;
use docspace::transport::Throttle;
use docspace::{ErrorKind, Portal, Room, RoomType};
use docspace_mock::{Fault, MockPortal};
use futures::future::join_all;

use crate::fixture::sent;

const CREATE: &str = "POST /files/rooms";

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// Ways in which the answer to a creation is lost after the portal has created the room.
fn losses() -> Vec<Fault> {
    vec![
        Fault::status(500).executed(),
        Fault::status(503).executed(),
        Fault::html(502).executed(),
        Fault::status(504).executed(),
        Fault::reset().executed(),
        Fault::stall().executed(),
        Fault::truncate(),
        Fault::html(200).executed(),
        Fault::status(200).header("Content-Type", "application/json").body(r#"{"count":1,"respo"#).executed(),
    ]
}

async fn create(portal: &Portal, title: &str) -> docspace::Result<Room> {
    portal.rooms().create(title, RoomType::Custom).send().await
}

async fn rooms(portal: &Portal) -> usize {
    portal.rooms().list().all().await.unwrap().len()
}

fn creations(mock: &MockPortal) -> usize {
    mock.requests().iter().filter(|request| request.method == "POST").count()
}

fn portal_with_short_timeout(mock: &MockPortal) -> Portal {
    let portal = Portal::builder(mock.url()).api_key(mock.owner_key());
    portal.attempt_timeout(Duration::from_millis(300)).build().unwrap()
}

#[tokio::test]
async fn lost_rooms_are_found_after_every_kind_of_loss() {
    for loss in losses() {
        let lost = format!("{loss:?}");
        Target::on_mock(async |_, mock| {
            let portal = portal_with_short_timeout(mock);
            mock.faults().next(CREATE, loss);
            let room = create(&portal, "Audit 2026").await.unwrap_or_else(|error| panic!("{lost}: {error}"));
            assert_eq!((room.title.as_str(), rooms(&portal).await, creations(mock)), ("Audit 2026", 1, 1), "{lost}");
        })
        .await;
    }
}

#[tokio::test]
async fn lost_rooms_are_found_by_the_title_that_the_portal_stored() {
    for title in ["Offer 7/2026: Acme & Co?", "It's  two", "x'; id; '", " 🎯 Ziel 100%_ ", "🎯", "?"] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            mock.faults().next(CREATE, Fault::status(503).executed());
            let room = create(&portal, title).await.unwrap_or_else(|error| panic!("{title}: {error}"));
            assert_eq!(portal.rooms().find(title).await.unwrap().unwrap().id, room.id);
            assert_eq!(creations(mock), 1);
        })
        .await;
    }
}

#[tokio::test]
async fn lost_rooms_are_returned_with_all_requested_settings() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let logo = portal.upload_picture("logo.png", PICTURE).await.unwrap().part(0, 0, 64, 64);
        mock.faults().next(CREATE, Fault::reset().executed());
        let room = portal.rooms().create("Logo", RoomType::Custom).logo(logo).send().await.unwrap();
        assert!(!room.logo.original.is_empty());
        mock.faults().next(CREATE, Fault::reset().executed());
        let room = portal.rooms().create("Deal", RoomType::VirtualData).tags(["one", "TWO"]).indexing(true);
        let room = room.lifetime(Lifetime::days(3)).send().await.unwrap();
        assert!(room.indexing && room.lifetime.is_some());
        assert_eq!(room.tags.len(), 2);
    })
    .await;
}

/// A portal that fails midway leaves a room with only some of its settings.
#[tokio::test]
async fn lost_rooms_that_differ_from_the_request_are_named_in_the_error() {
    Target::on_mock(async |target, mock| {
        // The room that the failing call is supposed to have left.
        let left = target.portal().rooms().create("Deal", RoomType::VirtualData).send().await.unwrap();
        mock.faults().next(CREATE, Fault::status(500));
        let create = target.portal().rooms().create("Deal", RoomType::VirtualData).indexing(true);
        let error = create.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert!(error.to_string().contains(&left.id.to_string()) && error.to_string().contains("numbering"), "{error}");

        mock.faults().next(CREATE, Fault::status(500));
        let error =
            target.portal().rooms().create("Deal", RoomType::VirtualData).tags(["new"]).send().await.unwrap_err();
        assert!(error.to_string().contains("`new`"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn creations_that_the_portal_did_not_execute_are_an_error() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        mock.faults().next(CREATE, Fault::status(503));
        let error = create(&portal, "Audit").await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Server, false), "{error}");
        assert!(error.advice().contains("check"), "{error}");
        assert_eq!((rooms(&portal).await, creations(mock)), (0, 1));
    })
    .await;
}

/// A refusal is an answer, so there is nothing to search for.
#[tokio::test]
async fn refused_creations_are_not_searched_for() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        create(&portal, "Audit").await.unwrap();
        for status in [400, 403, 404] {
            mock.faults().next(CREATE, Fault::status(status));
            mock.clear_requests();
            assert_eq!(create(&portal, "Audit").await.unwrap_err().status(), Some(status));
            assert!(
                mock.requests()
                    .iter()
                    .all(|request| request.path != "/api/2.0/files/rooms" || request.method == "POST")
            );
        }
    })
    .await;
}

#[tokio::test]
async fn older_rooms_of_the_same_title_are_not_taken_for_a_lost_one() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        // Created by another program, so that this one does not know its id.
        let old = create(&target.portal(), "Audit").await.unwrap();
        mock.advance(Duration::from_secs(10));
        mock.faults().next(CREATE, Fault::status(503));
        let error = create(&portal, "Audit").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server, "{error}");

        mock.faults().next(CREATE, Fault::status(503).executed());
        let new = create(&portal, "Audit").await.unwrap();
        assert_ne!(new.id, old.id);
        assert_eq!(rooms(&portal).await, 2);
    })
    .await;
}

#[tokio::test]
async fn rooms_that_the_program_just_created_are_not_taken_for_a_lost_one() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let first = create(&portal, "Audit").await.unwrap();
        mock.faults().next(CREATE, Fault::status(503));
        assert!(create(&portal, "Audit").await.is_err(), "the portal created only the first room");
        mock.faults().next(CREATE, Fault::status(503).executed());
        let second = create(&portal, "Audit").await.unwrap();
        assert_ne!(first.id, second.id);
    })
    .await;
}

#[tokio::test]
async fn rooms_of_other_types_and_people_are_not_taken_for_a_lost_one() {
    let mock = MockPortal::builder().person("ann", docspace_mock::Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let ann = Portal::builder(mock.url()).api_key(mock.key("ann")).build().unwrap();
        create(&ann, "Audit").await.unwrap();
        target.portal().rooms().create("Audit", RoomType::Public).send().await.unwrap();
        create(&target.portal(), "Audit 2").await.unwrap();
        mock.faults().next(CREATE, Fault::status(503));
        assert!(create(&target.portal(), "Audit").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn candidates_for_a_lost_room_are_all_named_in_the_error() {
    Target::on_mock(async |target, mock| {
        let other = create(&target.portal(), "Audit").await.unwrap();
        mock.faults().next(CREATE, Fault::status(503).executed());
        let error = create(&target.portal(), "Audit").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server, "{error}");
        let ids: Vec<String> =
            target.portal().rooms().list().all().await.unwrap().iter().map(|r| r.id.to_string()).collect();
        assert_eq!(ids.len(), 2);
        assert!(ids.contains(&other.id.to_string()));
        assert!(ids.iter().all(|id| error.advice().contains(id)), "{error}");
    })
    .await;
}

#[tokio::test]
async fn concurrent_creations_never_return_the_same_room() {
    Target::on_mock(async |_, mock| {
        let portal =
            Portal::builder(mock.url()).api_key(mock.owner_key()).throttle(Throttle::default()).build().unwrap();
        mock.faults().next(CREATE, Fault::status(503).executed().times(2));
        mock.faults().next(CREATE, Fault::status(503).times(2));
        let outcomes = join_all((0..6).map(|_| create(&portal, "Audit"))).await;
        let mut ids: Vec<String> = outcomes.into_iter().flatten().map(|room| room.id.to_string()).collect();
        let returned = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), returned, "{ids:?}");
        assert_eq!((rooms(&portal).await, creations(mock)), (4, 6));
    })
    .await;
}

#[tokio::test]
async fn lost_accounts_are_found_by_their_email_address() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let eva = |last: &str| {
            portal.people().create("eva@example.com", "Eva", last, PersonType::User).password("LongEnough1!")
        };
        mock.faults().next("POST /people/active", Fault::status(503));
        assert_eq!(eva("Evans").send().await.unwrap_err().status(), Some(503));
        mock.faults().next("POST /people/active", Fault::status(503).executed());
        let made = eva("Evans").send().await.unwrap();
        assert_eq!(portal.people().find("eva@example.com").await.unwrap().unwrap().id, made.id);

        // An account that existed before was not created by the call, and neither was one with
        // another name.
        for (passed, last) in [(0, "Other"), (10, "Evans")] {
            mock.advance(Duration::from_secs(passed));
            mock.faults().next("POST /people/active", Fault::status(503));
            assert_eq!(eva(last).send().await.unwrap_err().status(), Some(503), "{last}");
        }
    })
    .await;
}

#[tokio::test]
async fn lost_tags_are_returned_in_the_spelling_of_the_portal() {
    Target::on_mock(async |target, mock| {
        let tags = target.portal();
        tags.tags().create("Audit").await.unwrap();
        for (requested, stored) in [("audit", "Audit"), ("New", "New")] {
            mock.faults().next("POST /files/tags", Fault::reset().executed());
            assert_eq!(tags.tags().create(requested).await.unwrap(), stored);
        }
        mock.faults().next("POST /files/tags", Fault::reset());
        assert_eq!(tags.tags().create("never").await.unwrap_err().kind(), ErrorKind::Transport);
    })
    .await;
}

/// An error of the search does not replace the error of the lost answer.
#[tokio::test]
async fn the_error_of_the_creation_is_kept_if_the_search_fails() {
    Target::on_mock(async |target, mock| {
        mock.faults().next(CREATE, Fault::status(502).executed());
        mock.faults().next("GET /files/rooms", Fault::status(403));
        let error = create(&target.portal(), "Audit").await.unwrap_err();
        assert_eq!((error.call(), error.status()), (Some("create_room"), Some(502)), "{error}");
    })
    .await;
}

/// The portal created the room, but the answer was lost. A retry would create a second room.
#[tokio::test]
async fn rooms_with_a_lost_answer_are_created_once() {
    for fault in [Fault::truncate(), Fault::reset().executed(), Fault::status(502).executed()] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            mock.faults().next("POST /files/rooms", fault);
            let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
            let rooms = portal.rooms().list().all().await.unwrap();
            assert_eq!(rooms.iter().map(|room| &room.id).collect::<Vec<_>>(), [&room.id]);
            assert_eq!(sent(mock, "POST"), 1);
        })
        .await;
    }
}
