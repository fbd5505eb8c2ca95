//! Calls about history and the audit trail.

use docspace_api::types::SetAuditLifetimesRequest;
use docspace_api::{AuditAction, Client, ClientAuditExt, ClientFoldersExt};
use docspace_mock::MockPortal;
use serde_json::json;

use super::{custom_room, from_json, success};

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let room = custom_room(api, "with a history").await;
    let folder = docspace_api::FolderId::from(room.number().expect("a number"));
    let history = success(api.list_folder_history().folder_id(&folder).send().await).response.expect("events");
    assert!(history.iter().any(|event| event.action.id == AuditAction::RoomCreated));
    assert!(mock.portal(|portal| portal.fill_room(i64::from(room.number().expect("a number")), 1)));
    let content = success(api.list_folder().folder_id(&folder).send().await).response.expect("content");
    success(api.list_file_history().file_id(&content.files[0].id).send().await);

    let of_room = api.list_audit_events().action(AuditAction::RoomCreated).target(room.to_string());
    let trail = success(of_room.send().await).response.expect("events");
    assert_eq!(trail.len(), 1);
    assert_eq!(trail[0].target, Some(vec![room.to_string()]));
    success(api.list_logins().count(5).send().await);
    let kept = success(api.get_audit_lifetimes().send().await).response.expect("days");
    let days: SetAuditLifetimesRequest = from_json(json!({ "settings": {
        "loginHistoryLifeTime": kept.login_history_life_time, "auditTrailLifeTime": 90,
    }}));
    let changed = success(api.set_audit_lifetimes().body(days).send().await).response.expect("days");
    assert_eq!(changed.audit_trail_life_time, 90);
}
