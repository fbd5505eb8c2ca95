//! Index exports, and transfers of form answers to an external database.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::target::Target;
use docspace::api::OperationStatus;
use docspace::rooms::IndexExport;
use docspace::{ErrorKind, Portal, Room, RoomId, RoomType};
use docspace_mock::{Clock, Fault, MockPortal};
use serde_json::{Value, json};

/// Runs a test on a mock portal whose clock is so slow that many calls fit into one export.
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

/// An answer with the status of a finished export, with these changes.
fn export_status(change: Value) -> Fault {
    let mut export = json!({
        "id": "DocumentBuilderTask_1_x", "error": "", "percentage": 100, "isCompleted": true, "status": 2,
        "resultFileId": 7, "resultFileName": "Indexed.xlsx", "resultFileUrl": "https://example.com/Indexed.xlsx",
    });
    export.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let body = json!({"response": export, "count": 1, "links": [], "status": 0, "statusCode": 200});
    Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(body.to_string())
}

/// The mock portal, like the portal of the recordings, has no document service.
#[tokio::test]
async fn failed_exports_report_the_error_of_the_portal() {
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
async fn finished_exports_return_the_name_of_the_file() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let room = indexed(&portal).await;
        let started = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", export_status(json!({})));
        let IndexExport { result_file_name, .. } = started.wait().await.unwrap();
        assert_eq!(result_file_name, "Indexed.xlsx");
    })
    .await;
}

#[tokio::test]
async fn exports_of_rooms_without_an_index_advise_to_turn_indexing_on() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("plain"), RoomType::VirtualData).send().await.unwrap();
        let error = portal.room(&room).export_index().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Forbidden);
        assert!(error.advice().contains("index"), "{error}");
        let missing = portal.room(RoomId::from(987_654_321)).export_index().await.unwrap_err();
        assert!(missing.is_not_found(), "{missing}");
    })
    .await;
}

#[tokio::test]
async fn exports_can_be_canceled() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let room = indexed(&portal).await;
        let started = portal.room(&room).export_index().await.unwrap();
        assert_eq!(started.cancel().await.unwrap(), None);
        assert_eq!(sent(mock, "DELETE"), 1);
        // A portal reports a canceled export until it removes it.
        let left = portal.index_export().await.unwrap();
        assert!(left.as_ref().is_none_or(|export| export.status == OperationStatus::Canceled), "{left:?}");

        let started = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", export_status(json!({"status": 3, "percentage": 30})));
        assert_eq!(started.cancel().await.unwrap(), None);
        let started = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", export_status(json!({})));
        assert!(started.cancel().await.unwrap().is_some(), "the export was finished before it was canceled");
        portal.cancel_index_export().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_second_export_at_the_same_time_is_a_conflict() {
    slowly(async |target, mock| {
        let portal = target.portal();
        let room = indexed(&portal).await;
        let first = portal.room(&room).export_index().await.unwrap();
        let refused = portal.room(&room).export_index().await.unwrap_err();
        assert_eq!((refused.kind(), sent(mock, "POST")), (ErrorKind::Conflict, 1));
        // All exports of a person have the same id. The end of the second one must not be reported
        // as the end of the first.
        mock.advance(Duration::from_secs(10));
        let second = portal.room(&room).export_index().await.unwrap();
        mock.faults().next("GET /files/rooms/indexexport", export_status(json!({})));
        let error = first.wait().await.unwrap_err();
        assert!(error.to_string().contains("another export"), "{error}");
        assert!(second.wait().await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn external_database_calls_are_rejected_for_rooms_of_other_types() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let plain = portal.rooms().create(target.title("plain"), RoomType::Custom).send().await.unwrap();
        let forms = portal.rooms().create(target.title("forms"), RoomType::FillingForms).send().await.unwrap();
        assert_eq!(portal.room(&plain).external_db_sync().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(portal.room(&plain).start_external_db_sync().await.unwrap_err().kind(), ErrorKind::Invalid);
        let missing = portal.room(RoomId::from(987_654_321));
        assert!(missing.external_db_sync().await.unwrap_err().is_not_found());
        assert!(missing.start_external_db_sync().await.unwrap_err().is_not_found());
        // The portal of the recordings had no external database.
        assert_eq!(portal.room(&forms).external_db_sync().await.unwrap(), None);
        let error = portal.room(&forms).start_external_db_sync().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server);
        assert!(error.to_string().contains("external database"), "{error}");
    })
    .await;
}
