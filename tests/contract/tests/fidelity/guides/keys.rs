//! The sample that makes an API key.

use contract::target::Target;
use serde_json::json;

#[tokio::test]
async fn a_key_lasts_a_year_at_most_and_has_known_permissions() {
    Target::run(async |target| {
        let raw = target.raw();
        let guide = json!({"name": "some text", "permissions": ["some text"], "expiresInDays": 1234});
        raw.send("POST", "keys", guide).await.is_invalid(&["ExpiresInDays"]);
        let half_mended = json!({"name": "some text", "permissions": ["some text"], "expiresInDays": 365});
        raw.send("POST", "keys", half_mended).await.is_error(400);
    })
    .await;
}

#[tokio::test]
async fn a_key_needs_a_name() {
    Target::run(async |target| {
        target.raw().send("POST", "keys", json!({})).await.is_invalid(&["$"]);
        target.raw().send("POST", "keys", json!({"name": " "})).await.is_invalid(&["Name"]);
    })
    .await;
}

#[tokio::test]
async fn keys_are_not_read_one_by_one() {
    Target::run(async |target| {
        let id = uuid::Uuid::nil();
        target.raw().get(&format!("keys/{id}")).await.allows_only("DELETE, PUT");
        target.raw().get("keys/abc").await.is_bare(404);
    })
    .await;
}
