//! Calls about API keys.

use docspace_api::types::{CreateKeyRequest, UpdateKeyRequest};
use docspace_api::{Client, ClientKeysExt};
use docspace_mock::MockPortal;
use serde_json::json;

use super::{client, done, given};

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let request: CreateKeyRequest = given(json!({ "name": "ci", "permissions": ["rooms:read"], "expiresInDays": 30 }));
    let key = done(api.create_key().body(request).send().await).response.expect("a key");
    done(client(mock, key.key.expose()).get_self_key().send().await);
    done(api.list_keys().send().await);
    done(api.list_key_permissions().send().await);
    let change: UpdateKeyRequest = given(json!({ "name": "nightly" }));
    assert_eq!(done(api.update_key().key_id(key.id).body(change).send().await).response, Some(true));
    assert_eq!(done(api.delete_key().key_id(key.id).send().await).response, Some(true));
}
