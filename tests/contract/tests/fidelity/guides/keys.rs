//! The sample code that creates an API key.

use contract::target::Target;
use serde_json::json;

#[tokio::test]
async fn keys_with_more_than_365_days_or_unknown_permissions_are_rejected() {
    Target::run(async |target| {
        let raw = target.raw();
        let guide = json!({"name": "some text", "permissions": ["some text"], "expiresInDays": 1234});
        raw.send("POST", "keys", guide).await.assert_invalid(&["ExpiresInDays"]);
        let partly_fixed = json!({"name": "some text", "permissions": ["some text"], "expiresInDays": 365});
        raw.send("POST", "keys", partly_fixed).await.assert_error(400);
    })
    .await;
}

#[tokio::test]
async fn keys_without_a_name_are_rejected() {
    Target::run(async |target| {
        target.raw().send("POST", "keys", json!({})).await.assert_invalid(&["$"]);
        target.raw().send("POST", "keys", json!({"name": " "})).await.assert_invalid(&["Name"]);
    })
    .await;
}

#[tokio::test]
async fn single_keys_cannot_be_read() {
    Target::run(async |target| {
        let id = uuid::Uuid::nil();
        target.raw().get(&format!("keys/{id}")).await.assert_allows_only("DELETE, PUT");
        // Portals differ in whether they know a path with an id that is not a UUID.
        let answer = target.raw().get("keys/abc").await;
        assert!(matches!(answer.status, 404 | 405), "{}", answer.status);
        answer.assert_empty(answer.status);
    })
    .await;
}
