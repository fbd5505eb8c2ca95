//! How credentials are sent, and how errors about rejected credentials are reported.

use contract::target::Target;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::{LoggedRequest, MockPortal};

fn last(mock: &MockPortal) -> LoggedRequest {
    mock.requests().pop().expect("a request")
}

#[tokio::test]
async fn keys_are_sent_with_bearer_and_tokens_without() {
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
async fn anonymous_clients_send_no_credentials() {
    Target::on_mock(async |_, mock| {
        let portal = Portal::builder(mock.url()).anonymous().build().unwrap();
        assert_eq!(portal.me().await.unwrap_err().kind(), ErrorKind::Unauthorized);
        assert_eq!(last(mock).header("authorization"), None);
    })
    .await;
}

#[tokio::test]
async fn requests_have_a_user_agent_but_no_api_version() {
    Target::on_mock(async |target, mock| {
        target.portal().rooms().list().all().await.unwrap();
        let request = last(mock);
        assert_eq!(request.header("api-version"), None);
        assert!(request.header("user-agent").is_some_and(|agent| agent.starts_with("docspace-rs/")));
    })
    .await;
}

#[tokio::test]
async fn wrong_keys_are_unauthorized() {
    Target::on_mock(async |target, _| {
        let key = format!("sk-{}", "0".repeat(64));
        let portal = Portal::builder(target.url()).api_key(key).build().unwrap();
        assert_eq!(portal.me().await.unwrap_err().kind(), ErrorKind::Unauthorized);
        let error = portal.rooms().create("x", RoomType::Custom).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(401)));
    })
    .await;
}

/// For calls that need no credentials, a portal answers 403 to such a key, as if a scope were
/// missing (docs/portal/credentials.md#when-the-portal-refuses-a-credential).
#[tokio::test]
async fn deleted_keys_are_unauthorized_for_every_call() {
    Target::on_mock(async |target, _| {
        let owner = target.portal();
        let room = owner.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let key = owner.keys().create("short-lived").send().await.unwrap();
        let portal = Portal::builder(target.url()).api_key(key.key).build().unwrap();
        portal.room(&room).rename("the client knows the scopes").await.unwrap();
        owner.keys().delete(key.id).await.unwrap();
        for error in [
            portal.room(&room).get().await.unwrap_err(),
            portal.room(&room).delete().await.unwrap_err(),
            portal.operations().list().await.unwrap_err(),
            portal.visitor("key").check().await.unwrap_err(),
            portal.version().await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(403)), "{error}");
            assert!(error.advice().contains("API key"), "{error}");
        }
    })
    .await;
}
