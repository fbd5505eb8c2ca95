//! Keys that may not do everything: what they lack is told before anything is sent, where the portal can say it.

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

/// The portal as a key with these scopes sees it.
async fn limited_to(target: &Target, scopes: &[&str]) -> Portal {
    portal_with(target, &limited_key(target, scopes).await)
}

async fn limited_key(target: &Target, scopes: &[&str]) -> String {
    let made = target.raw().send("POST", "keys", json!({"name": "limited", "permissions": scopes})).await;
    made.response()["key"].as_str().expect("a key").to_owned()
}

fn portal_with(target: &Target, key: &str) -> Portal {
    let pause = std::time::Duration::from_millis(1);
    let retry = RetryPolicy { first_pause: pause, longest_pause: pause, ..RetryPolicy::default() };
    let builder = Portal::builder(target.url()).api_key(key).retry(retry);
    builder.wait_policy(target.wait_policy()).build().unwrap()
}

/// What went to this path, below `/api/2.0`.
fn sent(mock: &MockPortal, method: &str, path: &str) -> Vec<LoggedRequest> {
    let all = mock.requests().into_iter();
    all.filter(|request| request.method == method && request.path == format!("/api/2.0/{path}")).collect()
}

#[tokio::test]
async fn a_change_that_the_key_may_not_make_is_not_sent() {
    Target::on_mock(async |target, mock| {
        let portal = limited_to(target, &["rooms:write"]).await;
        let error = portal.tags().create("Audit").await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, None));
        assert_eq!(
            error.to_string(),
            "cannot create tag `Audit`: the API key has the scope rooms:write; this needs files:write or *:write; \
             make a key with that scope, or widen this one"
        );
        assert!(sent(mock, "POST", "files/tags").is_empty());
        portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        assert_eq!(sent(mock, "GET", "keys/@self").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_widened_need_not_be_used_anew() {
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
async fn a_read_that_was_forbidden_is_explained_and_not_sent_again() {
    Target::on_mock(async |target, mock| {
        let portal = limited_to(target, &["rooms:read", "accounts:read"]).await;
        let error = portal.tags().list().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
        assert!(error.to_string().contains("rooms:read, accounts:read; this needs files:read or *:read"), "{error}");
        let error = portal.tags().list().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, None));
        assert_eq!(sent(mock, "GET", "files/tags").len(), 1);
        assert_eq!(sent(mock, "GET", "keys/@self").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn several_first_calls_share_one_look() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let rooms = (0..8).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
        assert!(join_all(rooms).await.iter().all(Result::is_ok));
        assert_eq!(sent(mock, "GET", "keys/@self").len(), 1);
    })
    .await;
}

/// Nor does a key ask that only reads.
#[tokio::test]
async fn who_has_no_scopes_does_not_ask_for_them() {
    Target::on_mock(async |target, mock| {
        let session = Portal::builder(target.url()).token(mock.token("owner")).build().unwrap();
        session.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let nobody = Portal::builder(target.url()).anonymous().build().unwrap();
        nobody.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
        nobody.me().await.unwrap_err();
        target.portal().rooms().list().all().await.unwrap();
        assert!(sent(mock, "GET", "keys/@self").is_empty());
    })
    .await;
}

#[tokio::test]
async fn where_the_scopes_cannot_be_had_the_portal_decides() {
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

/// The key would go to whoever is asked.
#[tokio::test]
async fn nobody_but_the_portal_is_asked() {
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

/// Such a key may start operations, but not look at them; so the room is looked at instead, and nothing is asked in vain.
#[tokio::test]
async fn a_key_for_rooms_alone_waits_without_being_refused() {
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

/// The look at the rooms needs a scope that making the group does not.
#[tokio::test]
async fn a_key_for_files_alone_makes_groups_of_rooms() {
    Target::on_mock(async |target, _| {
        let room = target.portal().rooms().create("x", RoomType::Custom).send().await.unwrap();
        let icon = target.portal().covers().await.unwrap().remove(0).id;
        let portal = limited_to(target, &["files:write"]).await;
        assert_eq!(portal.groups().create("Clients", icon, [room.id]).await.unwrap().total_rooms, 1);
    })
    .await;
}

/// Every operation of the document with a key of each scope: what is refused here is what the mock portal refuses for want
/// of a scope, neither more nor less. The mock has a table of its own.
#[tokio::test]
async fn what_is_refused_here_is_what_a_portal_refuses() {
    Target::on_mock(async |target, mock| {
        let spec = Spec::read();
        let mut compared = 0;
        for scope in SCOPES {
            let key = limited_key(target, &[scope]).await;
            let (portal, raw) = (portal_with(target, &key), Raw::new(target.url(), Some(&key)));
            // From now on the scopes are known.
            call(&portal, "POST", "nothing").await;
            for (path, item) in spec.document()["paths"].as_object().unwrap() {
                let path = filled_in(path.trim_start_matches("/api/2.0/"));
                for method in ["GET", "POST", "PUT", "DELETE"] {
                    if item.get(method.to_lowercase()).is_none() || path == "keys/@self" {
                        continue;
                    }
                    mock.clear_requests();
                    let status = call(&portal, method, &path).await;
                    let asked = mock.requests().iter().any(|request| !request.path.ends_with("keys/@self"));
                    let reply = raw.send(method, &path, Body::Absent).await;
                    let told = reply.body.as_ref().is_some_and(|body| body.get("error").is_some());
                    let lacks = reply.status == 403 && !told;
                    assert_eq!(asked, !lacks, "{method} {path} with {scope}: {status} and {}", reply.status);
                    compared += 1;
                }
            }
        }
        assert!(compared >= 800, "only {compared} were compared");
    })
    .await;
}

/// Sends a call without a body, and says with which status it was answered, here or there.
async fn call(portal: &Portal, method: &str, path: &str) -> u16 {
    let url = format!("{}api/2.0/{path}", portal.url());
    let request = portal.api().client().request(method.parse().unwrap(), url).build().unwrap();
    let operation = OperationInfo { operation_id: "any" };
    portal.api().inner().execute(request, &operation).await.unwrap().status().as_u16()
}

/// A path with something that fits in the place of each parameter.
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
        .replace("/status/status", "/status/1")
}
