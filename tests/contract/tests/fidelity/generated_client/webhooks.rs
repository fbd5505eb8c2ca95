//! Calls about webhooks.

use contract::server::Server;
use docspace_api::types::{CreateWebhookRequest, RetryWebhookDeliveriesRequest, UpdateWebhookRequest};
use docspace_api::{Client, ClientRoomsExt, ClientWebhooksExt};
use serde_json::json;

use super::{custom_room, from_json, success};

pub(crate) async fn call(api: &Client) {
    let receiver = Server::start(|_| (200, String::new(), String::new()));
    let new: CreateWebhookRequest =
        from_json(json!({ "name": "crm", "uri": receiver.url(), "secretKey": "Wh-Secr3t.2026", "ssl": false }));
    let made = success(api.create_webhook().body(new).send().await).response.expect("a webhook");
    // A portal stores true whatever the request says.
    assert!(made.ssl && made.enabled);
    let whole = json!({ "id": made.id, "name": "crm", "uri": receiver.url(), "enabled": true });
    let changed: UpdateWebhookRequest = from_json(whole.clone());
    let changed = success(api.update_webhook().body(changed).send().await).response.expect("a webhook");
    assert_eq!((changed.ssl, changed.triggers), (false, 0));
    assert_eq!(success(api.list_webhooks().send().await).response.expect("webhooks").len(), 1);
    assert_eq!(success(api.list_webhook_triggers().send().await).response.expect("triggers").len(), 37);
    let room = custom_room(api, "with a webhook").await;
    success(api.pin_room().id(room).send().await);
    let log = success(api.list_webhook_deliveries().send().await).response.expect("deliveries");
    let delivery = log[0].id;
    success(api.retry_webhook_delivery().id(delivery).send().await);
    let several: RetryWebhookDeliveriesRequest = from_json(json!({ "ids": [delivery] }));
    success(api.retry_webhook_deliveries().body(several).send().await);
    let off: UpdateWebhookRequest = from_json(json!({ "id": made.id, "name": "x", "uri": "x", "enabled": false }));
    success(api.enable_webhook().body(off).send().await);
    success(api.delete_webhook().id(made.id).send().await);
}
