//! Keys with limited scopes: the client reports a missing scope before it sends the call, if it
//! knows the scopes of the key.

use contract::raw::{Body, Raw};
use contract::spec::Spec;
use contract::target::Target;
use docspace::api::{ClientInfo, OperationInfo};
use docspace::transport::RetryPolicy;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::{Fault, LoggedRequest, MockPortal};
use futures::future::join_all;
use serde_json::json;

const SCOPES: [&str; 10] = [
    "*:read",
    "*:write",
    "accounts:read",
    "accounts:write",
    "accounts.self:read",
    "accounts.self:write",
    "files:read",
    "files:write",
    "rooms:read",
    "rooms:write",
];

/// A client with a new key with these scopes.
async fn limited_to(target: &Target, scopes: &[&str]) -> Portal {
    portal_with(target, &limited_key(target, scopes).await)
}

async fn limited_key(target: &Target, scopes: &[&str]) -> String {
    let made = target.raw().send("POST", "keys", json!({"name": "limited", "permissions": scopes})).await;
    made.response()["key"].as_str().expect("a key").to_owned()
}

fn portal_with(target: &Target, key: &str) -> Portal {
    let pause = std::time::Duration::from_millis(1);
    let retry = RetryPolicy::default().first_pause(pause).longest_pause(pause);
    let builder = Portal::builder(target.url()).api_key(key).retry(retry);
    builder.wait_policy(target.wait_policy()).build().unwrap()
}

/// The requests with this method and this path below `/api/2.0`.
fn sent(mock: &MockPortal, method: &str, path: &str) -> Vec<LoggedRequest> {
    let all = mock.requests().into_iter();
    all.filter(|request| request.method == method && request.path == format!("/api/2.0/{path}")).collect()
}

#[tokio::test]
async fn writes_without_the_scope_are_not_sent() {
    Target::on_mock(async |target, mock| {
        let portal = limited_to(target, &["rooms:write"]).await;
        let error = portal.tags().create("Audit").await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, None));
        for part in ["`Audit`", "rooms:write", "files:write", "*:write"] {
            assert!(error.to_string().contains(part), "{error}");
        }
        assert!(sent(mock, "POST", "files/tags").is_empty());
        portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        assert_eq!(sent(mock, "GET", "keys/@self").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn scopes_added_to_a_key_are_recognized() {
    Target::on_mock(async |target, mock| {
        let portal = limited_to(target, &["rooms:write"]).await;
        portal.tags().create("Audit").await.unwrap_err();
        let id = portal.keys().current().await.unwrap().id.0;
        let wider = json!({"permissions": ["rooms:write", "files:write"]});
        target.raw().send("PUT", &format!("keys/{id}"), wider).await;
        portal.tags().create("Audit").await.unwrap();
        assert_eq!(sent(mock, "POST", "files/tags").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn forbidden_reads_are_explained_and_not_repeated() {
    Target::on_mock(async |target, mock| {
        let portal = limited_to(target, &["rooms:read", "accounts:read"]).await;
        let error = portal.tags().list().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
        for part in ["rooms:read", "accounts:read", "files:read", "*:read"] {
            assert!(error.to_string().contains(part), "{error}");
        }
        let error = portal.tags().list().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, None));
        assert_eq!(sent(mock, "GET", "files/tags").len(), 1);
        assert_eq!(sent(mock, "GET", "keys/@self").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn concurrent_first_writes_share_one_request_for_the_scopes() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let rooms = (0..8).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
        assert!(join_all(rooms).await.iter().all(Result::is_ok));
        assert_eq!(sent(mock, "GET", "keys/@self").len(), 1);
    })
    .await;
}

/// A key does not request its scopes for reads.
#[tokio::test]
async fn sessions_anonymous_clients_and_reads_do_not_request_scopes() {
    Target::on_mock(async |target, mock| {
        let session = Portal::builder(target.url()).token(mock.token("owner")).build().unwrap();
        session.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let anonymous = Portal::builder(target.url()).anonymous().build().unwrap();
        anonymous.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
        anonymous.me().await.unwrap_err();
        target.portal().rooms().list().all().await.unwrap();
        assert!(sent(mock, "GET", "keys/@self").is_empty());
    })
    .await;
}

#[tokio::test]
async fn writes_are_sent_if_the_scopes_cannot_be_read() {
    for fault in [Fault::status(404), Fault::status(500), Fault::html(200), Fault::truncate(), Fault::status(503)] {
        Target::on_mock(async |target, mock| {
            let portal = limited_to(target, &["rooms:write"]).await;
            mock.faults().next("GET /keys/@self", fault.times(1000));
            portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
            let error = portal.tags().create("Audit").await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)), "{error}");
        })
        .await;
    }
}

/// The client must not send its key to another server.
#[tokio::test]
async fn scopes_are_not_requested_from_other_servers() {
    Target::on_mock(async |target, mock| {
        Target::on_mock(async |_, elsewhere| {
            let portal = target.portal();
            let url = format!("{}/api/2.0/files/tags", elsewhere.url());
            let request = portal.api().client().post(url).build().unwrap();
            let operation = OperationInfo { operation_id: "create_tag" };
            let answer = portal.api().inner().execute(request, &operation).await.unwrap();
            assert_eq!(answer.status(), 401);
            assert!(mock.requests().is_empty());
            assert!(elsewhere.requests().iter().all(|request| request.header("authorization").is_none()));
        })
        .await;
    })
    .await;
}

/// Such a key can start operations, but cannot list them. The client reads the room instead, and
/// sends no call that the portal would refuse.
#[tokio::test]
async fn keys_for_rooms_only_wait_without_a_refused_call() {
    Target::on_mock(async |target, mock| {
        let portal = limited_to(target, &["rooms:write"]).await;
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        mock.clear_requests();
        let archived = portal.room(&room).archive().await.unwrap().wait().await.unwrap();
        assert!(archived.is_archived());
        assert!(mock.requests().iter().all(|request| request.status == Some(200)), "{:?}", mock.requests());
    })
    .await;
}

/// Reading the rooms needs a scope that creating the group does not need.
#[tokio::test]
async fn keys_for_files_only_can_create_room_groups() {
    Target::on_mock(async |target, _| {
        let room = target.portal().rooms().create("x", RoomType::Custom).send().await.unwrap();
        let icon = target.portal().covers().await.unwrap().remove(0).id;
        let portal = limited_to(target, &["files:write"]).await;
        assert_eq!(portal.room_groups().create("Clients", icon, [room.id]).await.unwrap().total_rooms, 1);
    })
    .await;
}

/// Every operation of the spec with a key of each scope: the client rejects exactly the calls that
/// the mock portal refuses because of a missing scope. The mock has its own table of scopes.
#[tokio::test]
async fn the_client_rejects_exactly_the_calls_that_the_portal_refuses() {
    Target::on_mock(async |target, mock| {
        let spec = Spec::read();
        let mut compared = 0;
        for scope in SCOPES {
            let key = limited_key(target, &[scope]).await;
            let (portal, raw) = (portal_with(target, &key), Raw::new(target.url(), Some(&key)));
            // After this call, the client knows the scopes.
            call(&portal, "POST", "nothing").await;
            for (path, item) in spec.document()["paths"].as_object().unwrap() {
                let path = filled_in(path.trim_start_matches("/api/2.0/"));
                for method in ["GET", "POST", "PUT", "DELETE"] {
                    // Everybody gets the refusal of setphone, which has no message.
                    let skipped = ["keys/@self", "authentication/setphone"].contains(&&*path);
                    if item.get(method.to_lowercase()).is_none() || skipped {
                        continue;
                    }
                    mock.clear_requests();
                    let status = call(&portal, method, &path).await;
                    let was_sent = mock.requests().iter().any(|request| !request.path.ends_with("keys/@self"));
                    let reply = raw.send(method, &path, Body::Absent).await;
                    let has_message = reply.body.as_ref().is_some_and(|body| body.get("error").is_some());
                    let lacks_scope = reply.status == 403 && !has_message;
                    assert_eq!(was_sent, !lacks_scope, "{method} {path} with {scope}: {status} and {}", reply.status);
                    compared += 1;
                }
            }
        }
        assert!(compared >= 800, "only {compared} calls were compared");
    })
    .await;
}

/// Sends a call without a body and returns the status, from the portal or from the client.
async fn call(portal: &Portal, method: &str, path: &str) -> u16 {
    let url = format!("{}api/2.0/{path}", portal.url());
    let request = portal.api().client().request(method.parse().unwrap(), url).build().unwrap();
    let operation = OperationInfo { operation_id: "any" };
    portal.api().inner().execute(request, &operation).await.unwrap().status().as_u16()
}

/// A path with a valid value for each parameter.
fn filled_in(path: &str) -> String {
    let id = if path.starts_with("group") || path.starts_with("people") {
        "0b8f3a52-6d5e-4b0c-9f3e-2f5f5b6f7a10"
    } else {
        "1"
    };
    path.replace("{id}", id)
        .replace("{keyId}", "0b8f3a52-6d5e-4b0c-9f3e-2f5f5b6f7a10")
        .replace("{operationType}", "Delete")
        .replace(['{', '}'], "")
        .replace("/folderId", "/1")
        .replace("/fileId", "/1")
        .replace("/status/status", "/status/1")
}
