//! The results of template jobs: the template or room of the caller and complete, or an error.

use std::time::Duration;

use contract::raw::Raw;
use contract::target::Target;
use docspace::rooms::LogoRequest;
use docspace::{ErrorKind, Portal, Room, RoomType};
use docspace_mock::{Clock, Fault, MockPortal, Role};
use serde_json::json;

/// Runs a test on a mock portal with two people. Its clock is so slow that many calls fit into one
/// job.
async fn slowly(test: impl AsyncFnOnce(&Target, &MockPortal)) {
    let clock = Clock::stepping(Duration::from_millis(5));
    let mock = MockPortal::builder().clock(clock).person("ann", Role::RoomAdmin).start().await;
    Target::run_on(mock.expect("a mock portal"), test).await;
}

async fn public_template(portal: &Portal, mock: &MockPortal, files: usize) -> Room {
    let room = portal.rooms().create("Course", RoomType::Custom).send().await.unwrap();
    let id = i64::from(room.id.number().expect("a number"));
    assert!(mock.portal(|core| core.fill_room(id, files)));
    portal.room(&room).save_as_template("Course").public().start().await.unwrap().wait().await.unwrap()
}

/// Another job starts between the client's poll of the status and its request. The portal drops the
/// request and answers as if it had not.
fn hide_the_other_job(mock: &MockPortal) {
    let nothing = json!({"count": 0, "links": [], "status": 0, "statusCode": 200}).to_string();
    let nothing = Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(nothing);
    mock.faults().next("GET /files/rooms/fromtemplate/status", nothing);
}

/// Asserts that the caller gets an error if the portal drops the request because of a job of this
/// person with the title `theirs`.
async fn assert_not_confused_with(person: &str, theirs: &str, title: &str) {
    slowly(async |target, mock| {
        let portal = target.portal();
        let template = public_template(&portal, mock, 0).await;
        let other = Raw::new(target.url(), Some(&mock.key(person)));
        let body = json!({"templateId": template.id, "title": theirs});
        other.send("POST", "files/rooms/fromtemplate", body).await.response();
        hide_the_other_job(mock);
        let made = portal.template(&template).create_room(title).start().await.unwrap().wait().await;
        assert_eq!(made.unwrap_err().kind(), ErrorKind::NotDone, "{title}");
    })
    .await;
}

#[tokio::test]
async fn rooms_of_another_person_are_not_reported_as_the_callers() {
    assert_not_confused_with("ann", "Client 7", "Client 7").await;
}

#[tokio::test]
async fn rooms_of_a_similar_title_are_not_reported_as_the_callers() {
    for (theirs, title) in [("Client 7", "Client #7"), ("☆", "★"), ("client 7", "Client 7")] {
        assert_not_confused_with("owner", theirs, title).await;
    }
}

/// Two programs of the same person make the same request, and the portal no longer knows which room
/// came from which job.
#[tokio::test]
async fn several_new_rooms_with_the_same_title_are_a_conflict_that_names_them() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let template = public_template(&portal, mock, 0).await;
        let started = portal.template(&template).create_room("Client 7").start().await.unwrap();
        let other = portal.rooms().create("Client 7", RoomType::Custom).send().await.unwrap();
        for _ in 0..3 {
            mock.advance(Duration::from_secs(75));
        }
        let error = started.wait().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
        assert!(error.to_string().contains(&other.id.to_string()), "{error}");
    })
    .await;
}

/// A portal that cannot set the logo leaves an empty room of the right title behind (recording
/// templates/failed-jobs).
#[tokio::test]
async fn empty_rooms_left_by_a_failed_job_are_named_in_the_error() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let template = public_template(&portal, mock, 3).await;
        let logo = || LogoRequest { tmp_file: "nowhere.png".to_owned(), x: None, y: None, width: 100, height: 100 };
        let error = portal.template(&template).create_room("Client 7").tags(["client"]).logo(logo()).start().await;
        let error = error.unwrap().wait().await.unwrap_err();
        let left = portal.rooms().find("Client 7").await.unwrap().expect("an empty room");
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("create_room_from_template")));
        for part in ["enough permission", &left.id.to_string(), "`Client 7`", "files", "logo"] {
            assert!(error.to_string().contains(part), "{part}: {error}");
        }

        let full = portal.rooms().create("Full", RoomType::Custom).send().await.unwrap();
        assert!(mock.portal(|core| core.fill_room(full.id.number().unwrap().into(), 2)));
        let saved = portal.room(&full).save_as_template("Full").logo(logo()).start().await.unwrap().wait().await;
        assert_eq!(saved.unwrap_err().kind(), ErrorKind::NotDone);
        // The next job is not affected.
        let made = portal.template(&template).create_room("Client 8").start().await.unwrap().wait().await.unwrap();
        assert_eq!(made.files_count, 3);
    })
    .await;
}

/// The status belongs to the whole portal, so its error can be about another job.
#[tokio::test]
async fn complete_rooms_are_returned_in_spite_of_the_error_of_another_job() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let template = public_template(&portal, mock, 3).await;
        let started = portal.template(&template).create_room("Client 7").tags(["client"]).start().await.unwrap();
        mock.advance(Duration::from_secs(10));
        let status = json!({"roomId": -1, "progress": 0, "error": "x", "isCompleted": true});
        let answer = json!({"response": status, "count": 1, "links": [], "status": 0, "statusCode": 200}).to_string();
        let failed = Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(answer);
        mock.faults().next("GET /files/rooms/fromtemplate/status", failed);
        assert_eq!(started.wait().await.unwrap().tags, ["client"]);
    })
    .await;
}
