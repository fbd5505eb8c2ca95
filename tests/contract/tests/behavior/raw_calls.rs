//! Calls that have no method: of the generated client, and of any path.

use contract::target::Target;
use docspace::api::types::{LinkId, SetRoomLinkRequest};
use docspace::api::{ClientFoldersExt, ClientLinksExt, LinkType};
use docspace::deps::http::Method;
use docspace::{Access, ErrorKind, RoomType};
use docspace_mock::Fault;
use serde_json::{Value, json};

#[tokio::test]
async fn generated_calls_fail_with_the_message_of_the_portal() {
    Target::run(async |target| {
        let portal = target.portal();
        let call = portal.api().list_folder().folder_id(4_711_471).send();
        let error = portal.call(call).await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotFound, Some("list_folder")));
        assert!(error.message().is_some(), "{error}");
        assert!(error.to_string().starts_with("cannot list folder: "), "{error}");
    })
    .await;
}

#[tokio::test]
async fn generated_calls_that_reach_no_portal_fail_like_others() {
    let portal = docspace::Portal::builder("http://localhost:1")
        .api_key("sk-0123456789")
        .retry(docspace::transport::RetryPolicy::default().attempts(1))
        .build()
        .unwrap();
    let error = portal.call(portal.api().list_folder().folder_id(17).send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.nothing_was_done(), "{error}");
}

#[tokio::test]
async fn any_path_can_be_read_and_written() {
    Target::run(async |target| {
        let portal = target.portal();
        let title = target.title("raw");
        let room: Value =
            portal.send(Method::POST, "files/rooms", &json!({ "title": title, "roomType": 5 })).await.unwrap();
        let page: Value = portal.get("files/rooms", &[("filterValue", &title)]).await.unwrap();
        assert_eq!(page["folders"][0]["id"], room["id"]);
        let path = format!("/api/2.0/files/rooms/{}", room["id"]);
        let read: docspace::Room = portal.get(&path, &()).await.unwrap();
        assert_eq!(read.title, title);
        let error = portal.get::<Vec<String>>(&path, &()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let error = portal.get::<Value>("files/rooms/4711471", &()).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().starts_with("cannot get files/rooms/4711471: "), "{error}");
    })
    .await;
}

/// A revoked link has no `response` in the answer.
#[tokio::test]
async fn answers_without_a_response_are_nothing() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let room = portal.rooms().create("Audit", RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).send().await.unwrap();
        let path = format!("files/rooms/{}/links", room.id);
        let revoke = json!({ "linkId": link.id(), "linkType": 1, "access": 0 });
        portal.send::<()>(Method::PUT, &path, &revoke).await.unwrap();
        assert_eq!(portal.send::<Option<Value>>(Method::PUT, &path, &revoke).await.unwrap(), None);
        assert!(portal.room(&room).links().list().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn malformed_paths_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        for path in ["", "/", "files/rooms?count=1", "../keys", "files/%2E%2e/keys", "https://example.com/x y"] {
            let error = portal.get::<Value>(path, &()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{path}: {error}");
            assert!(error.nothing_was_done());
        }
        assert!(mock.requests().is_empty(), "{:?}", mock.requests());
    })
    .await;
}

#[tokio::test]
async fn creations_are_sent_once_and_reads_are_repeated() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        mock.faults().next("POST /files/rooms", Fault::status(502).executed());
        let body = json!({ "title": "once", "roomType": 5 });
        let error = portal.send::<Value>(Method::POST, "files/rooms", &body).await.unwrap_err();
        assert!(!error.is_retryable() && !error.nothing_was_done(), "{error}");
        let rooms = portal.rooms().list().all().await.unwrap();
        assert_eq!(rooms.len(), 1, "{rooms:?}");

        // Without an id in the request, the portal creates a link for each call.
        let path = format!("PUT /files/rooms/{}/links", rooms[0].id);
        mock.faults().next(&path, Fault::status(502).executed());
        let with_id = SetRoomLinkRequest::new(LinkId(uuid::Uuid::nil()), LinkType::External, Access::Read);
        let request = SetRoomLinkRequest { link_id: None, ..with_id };
        let call = portal.api().set_room_link().id(&rooms[0].id).body(request).send();
        assert!(portal.call(call).await.is_err());
        assert_eq!(portal.room(&rooms[0]).links().list().await.unwrap().len(), 1);

        mock.faults().next("GET /files/rooms", Fault::status(502));
        portal.get::<Value>("files/rooms", &()).await.unwrap();
    })
    .await;
}
