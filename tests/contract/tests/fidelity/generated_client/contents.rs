//! Calls about folders and files.

use docspace_api::types::{
    CopyFileRequest, DeleteEntryRequest, EntryOrder, FolderTitleRequest, SetEntriesOrderRequest, SetEntryLinkRequest,
    SetOrderRequest, TransferRequest, UpdateFileRequest,
};
use docspace_api::{
    Access, Client, ClientFoldersExt, ClientLinksExt, ClientOperationsExt, ConflictRule, FileEntryType, FileId,
    FolderId,
};
use docspace_mock::MockPortal;

use super::{custom_room, success, wait_for_operations};

fn title(title: &str) -> FolderTitleRequest {
    FolderTitleRequest { title: title.to_owned() }
}

pub(crate) async fn call(api: &Client, mock: &MockPortal) {
    let room = FolderId::from(custom_room(api, "Content").await);
    let first = folder(api, &room, "First").await;
    let second = folder(api, &room, "Second").await;
    let file = upload(mock, &room).await;

    let renamed = success(api.rename_folder().folder_id(&first).body(title("Renamed")).send().await);
    assert_eq!(renamed.response.expect("a folder").title, "Renamed");
    assert_eq!(success(api.get_folder().folder_id(&first).send().await).response.expect("a folder").parent_id, room);
    let path = success(api.get_folder_path().folder_id(&first).send().await).response.expect("a path");
    assert_eq!(path.last().map(|folder| &folder.id), Some(&first));
    let folders = success(api.list_subfolders().folder_id(&room).send().await).response.expect("folders");
    assert_eq!(folders.len(), 2);

    let request = UpdateFileRequest { title: Some("plan".to_owned()), last_version: None };
    success(api.update_file().file_id(&file).body(request).send().await);
    assert_eq!(success(api.get_file().file_id(&file).send().await).response.expect("a file").title, "plan.txt");
    let request = CopyFileRequest::new("copy.txt", first.clone());
    let copy = success(api.copy_file_as().file_id(&file).body(request).send().await).response.expect("a file");
    assert_eq!(copy.folder_id, first);

    order(api, &first, &file).await;
    links(api, &first, &file).await;
    transfers(api, &first, &second, &file).await;

    let request = || DeleteEntryRequest { delete_after: false, immediately: true };
    let deletion = api.delete_file().file_id(&copy.id).return_single_operation(true).body(request()).send().await;
    assert_eq!(success(deletion).response.expect("operations").len(), 1);
    success(api.delete_folder().folder_id(&second).body(request()).send().await);
    wait_for_operations(api).await;
}

async fn folder(api: &Client, parent: &FolderId, name: &str) -> FolderId {
    success(api.create_folder().folder_id(parent).body(title(name)).send().await).response.expect("a folder").id
}

/// The generated client has no uploads.
async fn upload(mock: &MockPortal, room: &FolderId) -> FileId {
    let address = format!("{}/api/2.0/files/{room}/upload", mock.url());
    let form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"note.txt\"\r\n\r\nhello\r\n--b--\r\n";
    let request = reqwest::Client::new().post(address).bearer_auth(mock.owner_key()).body(form);
    let answer = request.header("content-type", "multipart/form-data; boundary=b").send().await.expect("an answer");
    let answer: serde_json::Value = serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON");
    serde_json::from_value(answer["response"][0]["id"].clone()).expect("an id")
}

/// The room has no indexing, so the portal changes nothing.
async fn order(api: &Client, folder: &FolderId, file: &FileId) {
    let number = || SetOrderRequest { order: 1 };
    success(api.set_folder_order().folder_id(folder).body(number()).send().await);
    success(api.set_file_order().file_id(file).body(number()).send().await);
    let items = vec![
        EntryOrder { entry_id: folder.clone().into(), entry_type: FileEntryType::Folder, order: 2 },
        EntryOrder { entry_id: file.clone().into(), entry_type: FileEntryType::File, order: 1 },
    ];
    let entries = success(api.set_entries_order().body(SetEntriesOrderRequest { items }).send().await);
    assert_eq!(entries.response.expect("entries").len(), 2);
}

async fn links(api: &Client, folder: &FolderId, file: &FileId) {
    let request = || SetEntryLinkRequest::new(Access::Read);
    let created = success(api.create_primary_folder_link().folder_id(folder).body(request()).send().await);
    let primary = success(api.get_primary_folder_link().folder_id(folder).send().await);
    assert_eq!(created.response.expect("a link").id(), primary.response.expect("a link").id());
    success(api.set_folder_link().folder_id(folder).body(request()).send().await);
    let links = success(api.list_folder_links().folder_id(folder).send().await).response.expect("links");
    assert_eq!(links.len(), 2);

    let primary = success(api.get_primary_file_link().file_id(file).send().await).response.expect("a link");
    let created = success(api.create_primary_file_link().file_id(file).body(request()).send().await);
    assert_eq!(created.response.expect("a link").id(), primary.id());
    success(api.set_file_link().file_id(file).body(request()).send().await);
    let links = success(api.list_file_links().file_id(file).send().await).response.expect("links");
    assert_eq!(links.len(), 2);
}

async fn transfers(api: &Client, source: &FolderId, target: &FolderId, file: &FileId) {
    let mut request = TransferRequest::new(target.clone(), ConflictRule::Skip, false, true);
    request.folder_ids = Some(vec![source.clone()]);
    let copy = success(api.copy_entries().body(request).send().await).response.expect("operations");
    assert_eq!(copy.len(), 1);
    let mut request = TransferRequest::new(target.clone(), ConflictRule::Skip, false, true);
    request.file_ids = Some(vec![file.clone()]);
    success(api.move_entries().body(request).send().await);
    wait_for_operations(api).await;
    let moved = success(api.get_file().file_id(file).send().await).response.expect("a file");
    assert_eq!(&moved.folder_id, target);
}
