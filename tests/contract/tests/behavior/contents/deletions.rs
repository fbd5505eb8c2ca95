//! Deleting folders and files, permanently and into the trash.

use std::time::Duration;

use contract::target::Target;
use docspace::ErrorKind;
use docspace::rooms::FolderType;

use crate::fixture::titled_room;

#[tokio::test]
async fn deleted_folder_and_file_are_gone() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let room = portal.room(&made);
        let folder = portal.folder(room.folders().create("Folder").await.unwrap());
        let inner = portal.file(folder.upload("inner.txt", "x").send().await.unwrap());
        let file = portal.file(room.upload("file.txt", "x").send().await.unwrap());
        folder.clone().delete().await.unwrap().wait().await.unwrap();
        file.clone().delete().await.unwrap().wait().await.unwrap();
        assert!(folder.get().await.unwrap_err().is_not_found());
        assert!(inner.get().await.unwrap_err().is_not_found());
        assert!(file.get().await.unwrap_err().is_not_found());
        assert!(folder.delete().await.unwrap_err().is_not_found());
        assert!(file.delete().await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn entries_in_the_trash_are_not_moved_there_again() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let room = portal.room(&made);
        let folder = portal.folder(room.folders().create("Folder").await.unwrap());
        let file = portal.file(room.upload("file.txt", "x").send().await.unwrap());
        folder.trash().await.unwrap().wait().await.unwrap();
        file.trash().await.unwrap().wait().await.unwrap();
        assert_eq!(folder.get().await.unwrap().root_folder_type, FolderType::Trash);
        assert_eq!(file.get().await.unwrap().root_folder_type, FolderType::Trash);
        // The portal would delete them permanently.
        assert_eq!(folder.trash().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(file.trash().await.unwrap_err().kind(), ErrorKind::Invalid);

        let restored = file.move_to(&room).start().await.unwrap().wait().await.unwrap();
        assert_eq!(restored[0].title(), "file.txt");
        assert_eq!(file.get().await.unwrap().root_folder_type, FolderType::Rooms);
        folder.delete().await.unwrap().wait().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn room_is_not_deleted_as_a_folder() {
    Target::on_mock(async |target, mock| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let folder = portal.folder(&made);
        assert_eq!(folder.trash().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(folder.delete().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert!(mock.requests().iter().all(|request| request.method != "DELETE"));
    })
    .await;
}

#[tokio::test]
async fn dropped_deletion_is_started_again_but_not_one_into_the_trash() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal_with(target.wait_policy().stall(Duration::from_millis(500)));
        let made = titled_room(target, "room").await;
        let room = portal.room(&made);
        let file = portal.file(room.upload("file.txt", "x").send().await.unwrap());
        mock.portal(|portal| portal.lose_operations(1));
        let error = file.trash().await.unwrap().wait().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert_eq!(file.get().await.unwrap().root_folder_type, FolderType::Rooms);

        mock.portal(|portal| portal.lose_operations(1));
        file.clone().delete().await.unwrap().wait().await.unwrap();
        assert!(file.get().await.unwrap_err().is_not_found());
    })
    .await;
}
