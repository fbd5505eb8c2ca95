//! What reaches the portal: whose credentials, which body, how often. Read from the mock portal's log.

use contract::target::Target;
use docspace::{Access, ErrorKind, Portal, RoomType};
use docspace_mock::{LoggedRequest, MockPortal};
use serde_json::json;

#[tokio::test]
async fn a_key_goes_out_as_a_bearer_and_a_token_bare() {
    Target::on_mock(async |_, mock| {
        let key = Portal::builder(mock.url()).api_key(mock.owner_key()).build().unwrap();
        assert!(key.me().await.unwrap().is_owner);
        assert_eq!(last(mock).header("authorization"), Some(&*format!("Bearer {}", mock.owner_key())));
        let token = Portal::builder(mock.url()).token(mock.token("owner")).build().unwrap();
        assert!(token.me().await.unwrap().is_owner);
        assert_eq!(last(mock).header("authorization"), Some(&*mock.token("owner")));
    })
    .await;
}

#[tokio::test]
async fn signing_in_with_a_password_gives_a_token_that_works() {
    Target::on_mock(async |_, mock| {
        let builder = Portal::builder(mock.url());
        let portal = builder.sign_in(mock.email("owner"), mock.password("owner")).await.unwrap();
        assert_eq!(portal.me().await.unwrap().email, Some(mock.email("owner")));
        let token = portal.token().expect("a token").expose().to_owned();
        let again = Portal::builder(mock.url()).token(token).build().unwrap();
        assert_eq!(again.me().await.unwrap().email, Some(mock.email("owner")));
        assert_eq!(mock.requests().iter().filter(|request| request.path.ends_with("/authentication")).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_sends_no_credentials() {
    Target::on_mock(async |_, mock| {
        let portal = Portal::builder(mock.url()).anonymous().build().unwrap();
        assert_eq!(portal.me().await.unwrap_err().kind(), ErrorKind::Unauthorized);
        assert_eq!(last(mock).header("authorization"), None);
    })
    .await;
}

/// A portal refuses these calls when nothing is in them, and forgets an operation that is not to be kept.
#[tokio::test]
async fn operations_are_started_with_a_body_that_keeps_their_record() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&room);
        handle.archive().await.unwrap().wait().await.unwrap();
        handle.restore().await.unwrap().wait().await.unwrap();
        handle.delete().await.unwrap().wait().await.unwrap();
        let started = mock.requests().into_iter().filter(|request| matches!(&*request.method, "PUT" | "DELETE"));
        let bodies: Vec<_> = started.map(|request| request.json()).collect();
        assert_eq!(bodies, vec![Some(json!({"deleteAfter": false})); 3]);
    })
    .await;
}

#[tokio::test]
async fn finished_operations_are_read_by_their_id_only() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        portal.room(&room).archive().await.unwrap().wait().await.unwrap();
        let looks: Vec<_> = mock.requests().into_iter().filter(|request| request.path.ends_with("/fileops")).collect();
        assert!(!looks.is_empty());
        assert!(looks.iter().all(|look| look.query.starts_with("id=")), "{looks:?}");
    })
    .await;
}

/// Where the access is missing a portal revokes, where the type is missing it invites.
#[tokio::test]
async fn a_link_is_always_sent_with_its_id_access_and_type() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let links = portal.room(&room).links();
        let made = links.create(Access::Read).send().await.unwrap();
        links.update(made.id()).title("y").send().await.unwrap();
        links.invite(Access::Read).send().await.unwrap();
        let sent: Vec<_> =
            mock.requests().iter().filter(|r| r.method == "PUT").filter_map(LoggedRequest::json).collect();
        assert_eq!(sent.len(), 3);
        for body in &sent {
            assert!(body["linkId"].is_string() && body["access"] == 2 && body["linkType"].is_u64(), "{body}");
        }
    })
    .await;
}

/// With `internal` a public room's link would be kept, and the answer would be a success.
#[tokio::test]
async fn a_revocation_does_not_mention_who_may_use_the_link() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Public).send().await.unwrap();
        let links = portal.room(&room).links();
        let made = links.create(Access::Read).send().await.unwrap();
        links.revoke(made.id()).await.unwrap();
        let expected = json!({"linkId": made.id(), "linkType": 1, "access": 0});
        let sent = mock.requests().into_iter().rfind(|request| request.method == "PUT");
        assert_eq!(sent.and_then(|request| request.json()), Some(expected));
    })
    .await;
}

#[tokio::test]
async fn a_handle_sends_nothing() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let handle = portal.room(1);
        let _ = (handle.links(), handle.save_as_template("x"), handle.edit(), portal.template(1));
        assert!(mock.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_portal_does_not_know_is_not_sent() {
    Target::on_mock(async |target, mock| {
        target.portal().rooms().list().all().await.unwrap();
        let request = last(mock);
        assert_eq!(request.header("api-version"), None);
        assert!(request.header("user-agent").is_some_and(|agent| agent.starts_with("docspace-rs/")));
    })
    .await;
}

fn last(mock: &MockPortal) -> LoggedRequest {
    mock.requests().pop().expect("a request")
}
