//! Exports of a room's index, and transfers to the external database behind forms.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::target::Target;
use docspace::rooms::IndexExport;
use docspace::{ErrorKind, Portal, Room, RoomId, RoomType};
use docspace_mock::{Clock, Fault, MockPortal};
use serde_json::{Value, json};

/// Runs a test on a mock portal whose time passes so slowly that many calls fit into one export.
async fn slowly(test: impl AsyncFnOnce(&Target, &MockPortal)) {
    let mock = MockPortal::builder().clock(Clock::stepping(Duration::from_millis(20))).start().await;
    Target::run_on(mock.expect("a mock portal"), test).await;
}

async fn indexed(portal: &Portal) -> Room {
    portal.rooms().create("Indexed", RoomType::VirtualData).indexing(true).send().await.unwrap()
}

fn sent(mock: &MockPortal, method: &str) -> usize {
    let exports = mock.requests().into_iter().filter(|request| request.path.ends_with("/indexexport"));
    exports.filter(|request| request.method == method).count()
}

/// An export as a portal tells of it.
fn told(change: Value) -> Fault {
    let mut export = json!({
        "id": "DocumentBuilderTask_1_x", "error": "", "percentage": 100, "isCompleted": true, "status": 2,
        "resultFileId": 7, "resultFileName": "Indexed.xlsx", "resultFileUrl": "https://example.com/Indexed.xlsx",
    });
    export.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let body = json!({"response": export, "count": 1, "links": [], "status": 0, "statusCode": 200});
    Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(body.to_string())
}

/// A portal without a document service; what a good export looks like is not recorded.
#[tokio::test]
async fn a_portal_that_cannot_export_says_why() {
    slowly(async |target, _| {
        let portal = target.portal();
        let room = indexed(&portal).await;
        assert_eq!(portal.index_export().await.unwrap(), None);
        let percents = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&percents);
        let started = portal.room(&room).export_index().await.unwrap();
        let error = started.on_progress(move |now| seen.lock().unwrap().push(now.percent)).wait().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("start_index_export")));
        assert!(error.to_string().contains("Error occurred in the Documents Service"), "{error}");
        assert_eq!(percents.lock().unwrap().first(), Some(&Some(0)));
        assert!(portal.index_export().await.unwrap().is_some_and(|export| export.is_completed));
    })
    .await;
}

#[tokio::test]
async fn what_was_exported_is_there() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let room = indexed(&portal).await;
        let started = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", told(json!({})));
        let IndexExport { result_file_name, .. } = started.wait().await.unwrap();
        assert_eq!(result_file_name, "Indexed.xlsx");
    })
    .await;
}

#[tokio::test]
async fn a_room_without_an_index_is_told_as_such() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("plain"), RoomType::VirtualData).send().await.unwrap();
        let error = portal.room(&room).export_index().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Forbidden);
        assert!(error.advice().contains("switch its indexing on"), "{error}");
        let missing = portal.room(RoomId::from(987_654_321)).export_index().await.unwrap_err();
        assert!(missing.is_not_found(), "{missing}");
    })
    .await;
}

#[tokio::test]
async fn an_export_is_cancelled() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let room = indexed(&portal).await;
        let started = portal.room(&room).export_index().await.unwrap();
        assert_eq!(started.cancel().await.unwrap(), None);
        assert_eq!((sent(mock, "DELETE"), portal.index_export().await.unwrap()), (1, None));

        let started = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", told(json!({"status": 3, "percentage": 30})));
        assert_eq!(started.cancel().await.unwrap(), None);
        let started = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", told(json!({})));
        assert!(started.cancel().await.unwrap().is_some(), "it was done before");
        portal.terminate_index_export().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_export_at_a_time() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let room = indexed(&portal).await;
        let first = portal.room(&room).export_index().await.unwrap();
        let refused = portal.room(&room).export_index().await.unwrap_err();
        assert_eq!((refused.kind(), sent(mock, "POST")), (ErrorKind::Conflict, 1));
        // All exports of a person have the same id, so the second one's end must not be told as the first one's.
        mock.advance(Duration::from_secs(10));
        let second = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", told(json!({})));
        let error = first.wait().await.unwrap_err();
        assert!(error.to_string().contains("another export was started since"), "{error}");
        assert!(second.wait().await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn only_form_filling_rooms_have_an_external_database() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let plain = portal.rooms().create(target.title("plain"), RoomType::Custom).send().await.unwrap();
        let forms = portal.rooms().create(target.title("forms"), RoomType::FillingForms).send().await.unwrap();
        assert_eq!(portal.room(&plain).external_db_sync().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(portal.room(&plain).start_external_db_sync().await.unwrap_err().kind(), ErrorKind::Invalid);
        let missing = portal.room(RoomId::from(987_654_321));
        assert!(missing.external_db_sync().await.unwrap_err().is_not_found());
        assert!(missing.start_external_db_sync().await.unwrap_err().is_not_found());
        // No portal that was recorded has a database.
        assert_eq!(portal.room(&forms).external_db_sync().await.unwrap(), None);
        let error = portal.room(&forms).start_external_db_sync().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server);
        assert!(error.to_string().contains("set up the external database"), "{error}");
    })
    .await;
}
