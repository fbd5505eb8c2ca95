//! Calls about API keys.

use docspace_api::types::{CreateKeyRequest, UpdateKeyRequest};
use docspace_api::{Client, ClientKeysExt};
use docspace_mock::MockPortal;
use serde_json::json;

use super::{client, from_json, success};

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let request: CreateKeyRequest =
        from_json(json!({ "name": "ci", "permissions": ["rooms:read"], "expiresInDays": 30 }));
    let key = success(api.create_key().body(request).send().await).response.expect("a key");
    success(client(mock, key.key.expose()).get_self_key().send().await);
    success(api.list_keys().send().await);
    success(api.list_key_permissions().send().await);
    let change: UpdateKeyRequest = from_json(json!({ "name": "nightly" }));
    assert_eq!(success(api.update_key().key_id(key.id).body(change).send().await).response, Some(true));
    assert_eq!(success(api.delete_key().key_id(key.id).send().await).response, Some(true));
}
