//! Calls about rooms, their members, tags, room groups, pictures and quotas.

use docspace_api::types::{CreateRoomGroupRequest, LogoRequest, OperationRequest, PersonId, UpdateRoomRequest};
use docspace_api::{
    Client, ClientFoldersExt, ClientGroupsExt, ClientLogosExt, ClientMembersExt, ClientOperationsExt, ClientPeopleExt,
    ClientQuotaExt, ClientRoomsExt, ClientTagsExt, OperationType, RoomId, RoomType, SearchArea,
};
use docspace_mock::MockPortal;
use serde_json::json;

use super::{assert_refused, client, custom_room, from_json, success, wait_for_operations};

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let room = custom_room(api, "Audit").await;
    let ann = success(client(mock, &mock.key("ann")).get_self().send().await).response.expect("a profile").id;
    lists(api, &room).await;
    settings(api, &room).await;
    members(api, &room, ann).await;
    tags(api, &room).await;
    groups(api, &room).await;
    quota(api, &room).await;
    lifecycle(api, &room, ann).await;
}

async fn lists(api: &Client, room: &RoomId) {
    let types = vec![RoomType::Custom, RoomType::Public];
    let page = success(api.list_rooms().type_(types).search_area(SearchArea::Any).count(5).send().await);
    assert_eq!(page.response.expect("a page").folders.len(), 1);
    success(api.get_room().id(room).send().await);
    success(api.list_folder().folder_id(docspace_api::FolderId::from(room.clone())).send().await);
    success(api.list_news().send().await);
    success(api.list_room_news().id(room).send().await);
}

async fn settings(api: &Client, room: &RoomId) {
    let change: UpdateRoomRequest = from_json(json!({ "title": "Audit 2026", "indexing": true }));
    assert_eq!(
        success(api.update_room().id(room).body(change).send().await).response.expect("a room").title,
        "Audit 2026"
    );
    assert!(success(api.pin_room().id(room).send().await).response.expect("a room").pinned);
    assert!(!success(api.unpin_room().id(room).send().await).response.expect("a room").pinned);
    success(api.reorder_room().id(room).send().await);
    success(api.start_index_export().id(room).send().await);
    success(api.get_index_export().send().await);
    success(api.terminate_index_export().send().await);
    let number = room.number().expect("a room of the portal's own storage");
    assert_refused(api.get_external_db_sync().id(number).send().await, 403);
    assert_refused(api.start_external_db_sync().id(number).send().await, 403);
    let third_party = json!({ "title": "Elsewhere", "roomType": 5 });
    let outcome = api.create_third_party_room().id("drive-9-x".parse::<docspace_api::FolderId>().unwrap());
    assert!(
        outcome.body(from_json::<docspace_api::types::CreateThirdPartyRoomRequest>(third_party)).send().await.is_err()
    );

    let cover = success(api.list_covers().send().await).response.expect("covers").remove(0).id;
    let body = docspace_api::types::SetRoomCoverRequest { color: Some("FF5733".into()), cover: Some(cover) };
    success(api.set_room_cover().id(room).body(body).send().await);
    // A portal refuses a file that the caller has not uploaded.
    let logo: LogoRequest = from_json(json!({ "tmpFile": "missing.png", "width": 10, "height": 10 }));
    assert_refused(api.set_room_logo().id(room).body(logo).send().await, 403);
    success(api.remove_room_logo().id(room).send().await);
}

async fn members(api: &Client, room: &RoomId, ann: PersonId) {
    let body = json!({ "invitations": [{ "id": ann, "access": 9 }] });
    let body: docspace_api::types::SetMembersRequest = from_json(body);
    success(api.set_members().id(room).body(body).send().await);
    let listed = success(api.list_members().id(room).count(10).send().await);
    assert_eq!((listed.total, listed.response.expect("members").len()), (Some(2), 2));
    let body: docspace_api::types::ResendInvitationsRequest = from_json(json!({ "resendAll": true }));
    success(api.resend_invitations().id(room).body(body).send().await);
}

async fn tags(api: &Client, room: &RoomId) {
    let names = |names: &[&str]| from_json::<docspace_api::types::TagNamesRequest>(json!({ "names": names }));
    let name = docspace_api::types::CreateTagRequest { name: "draft".into() };
    assert_eq!(success(api.create_tag().body(name).send().await).response.as_deref(), Some("draft"));
    success(api.add_room_tags().id(room).body(names(&["draft", "audit"])).send().await);
    let body: docspace_api::types::RenameTagRequest = from_json(json!({ "oldName": "draft", "newName": "final" }));
    success(api.rename_tag().body(body).send().await);
    assert_eq!(success(api.list_tags().send().await).response.expect("tags").len(), 2);
    assert_eq!(success(api.check_tag_use().tag("final").tag_name("final").send().await).response, Some(true));
    success(api.remove_room_tags().id(room).body(names(&["final"])).send().await);
    success(api.delete_tags().body(names(&["final", "audit"])).send().await);
}

async fn groups(api: &Client, room: &RoomId) {
    let icon = success(api.list_covers().send().await).response.expect("covers").remove(0).id;
    let body = CreateRoomGroupRequest { name: "Clients".into(), icon: icon.clone(), rooms: vec![room.clone()] };
    let group = success(api.create_room_group().body(body).send().await).response.expect("a group").id;
    assert_eq!(success(api.list_room_groups().send().await).response.expect("groups").len(), 1);
    success(api.get_room_group().id(group).include_members(false).send().await);
    let body: docspace_api::types::UpdateRoomGroupRequest = from_json(json!({ "groupName": "Customers" }));
    assert_eq!(
        success(api.update_room_group().id(group).body(body).send().await).response.expect("a group").name,
        "Customers"
    );
    let body = docspace_api::types::SetRoomGroupIconRequest { icon };
    success(api.set_room_group_icon().id(group).body(body).send().await);
    success(api.delete_room_group().id(group).send().await);
}

async fn quota(api: &Client, room: &RoomId) {
    let body: docspace_api::types::SetRoomQuotaRequest = from_json(json!({ "roomIds": [room], "quota": 1_048_576 }));
    assert_eq!(success(api.set_room_quota().body(body).send().await).response.expect("rooms").len(), 1);
    let body: docspace_api::types::ResetRoomQuotaRequest = from_json(json!({ "roomIds": [room] }));
    success(api.reset_room_quota().body(body).send().await);
}

async fn lifecycle(api: &Client, room: &RoomId, ann: PersonId) {
    let keep = OperationRequest::keep_record;
    let moved = success(api.archive_room().id(room).body(keep()).send().await).response.expect("an operation");
    success(api.list_operations().id(moved.id).send().await);
    // The name of this type is the path of another route, so the call sends the number.
    success(api.list_operations_by_type().operation_type(OperationType::Move.number()).send().await);
    wait_for_operations(api).await;
    success(api.unarchive_room().id(room).body(keep()).send().await);
    success(api.terminate_operation().id(moved.id).send().await);
    success(api.terminate_operations().send().await);
    wait_for_operations(api).await;

    let given_away = custom_room(api, "For Ann").await;
    let body: docspace_api::types::ChangeOwnerRequest = from_json(json!({ "userId": ann, "folderIds": [given_away] }));
    success(api.change_owner().body(body).send().await);
    let deleted = custom_room(api, "Deleted").await;
    success(api.delete_room().id(&deleted).body(keep()).send().await);
    wait_for_operations(api).await;
    assert_refused(api.get_room().id(&deleted).send().await, 404);
}
