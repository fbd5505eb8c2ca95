//! Creating, finding, renaming and reading folders.

use contract::target::Target;
use docspace::folders::ConflictRule;
use docspace::{ErrorKind, RoomType};

use crate::fixture::titled_room;

#[tokio::test]
async fn tree_is_created_from_paths_and_keeps_existing_folders() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let folders = portal.room(&made).folders();
        let invoices = folders.create("Invoices").await.unwrap();
        let paths = ["Contracts/2026", "Contracts/2027/Drafts", "Invoices"];
        let created = folders.create_tree(paths).await.unwrap();
        assert_eq!(created[2].id, invoices.id);
        let again = folders.create_tree(paths).await.unwrap();
        assert!(created.iter().zip(&again).all(|(one, other)| one.id == other.id), "{again:?}");

        let tree: Vec<String> = folders.tree().await.unwrap().into_iter().map(|entry| entry.path).collect();
        assert_eq!(tree, ["Contracts", "Contracts/2026", "Contracts/2027", "Contracts/2027/Drafts", "Invoices"]);
        let top: Vec<String> = folders.list().await.unwrap().into_iter().map(|folder| folder.title).collect();
        assert_eq!(top, ["Contracts", "Invoices"]);
        assert_eq!(folders.find("Contracts/2026").await.unwrap().unwrap().id, created[0].id);
        assert!(folders.find("Contracts/2025/Drafts").await.unwrap().is_none());
        let missing = folders.missing(["Contracts/2025/Drafts", "Invoices", "Notes"]).await.unwrap();
        assert_eq!(missing, ["Contracts/2025/Drafts", "Notes"]);
    })
    .await;
}

#[tokio::test]
async fn several_folders_with_one_path_are_a_conflict() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let folders = portal.room(&made).folders();
        let (one, two) = (folders.create("Twin").await.unwrap(), folders.create("Twin").await.unwrap());
        for error in [folders.find("Twin").await.unwrap_err(), folders.create_path("Twin/Inner").await.unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Conflict);
            let text = error.to_string();
            assert!(text.contains(&one.id.to_string()) && text.contains(&two.id.to_string()), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_titles_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let folders = portal.room(&made).folders();
        let folder = portal.folder(folders.create("Folder").await.unwrap());
        let before = mock.requests().len();
        for title in ["", " ", "a:b", "a/b", &"x".repeat(166)] {
            assert_eq!(folders.create(title).await.unwrap_err().kind(), ErrorKind::Invalid, "{title:?}");
            assert_eq!(folder.rename(title).await.unwrap_err().kind(), ErrorKind::Invalid, "{title:?}");
        }
        let error = folders.create_tree(["Fine", "a//b", "c:d"]).await.unwrap_err();
        assert!(error.to_string().contains("`a//b`") && error.to_string().contains("`c:d`"), "{error}");
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn folder_can_be_renamed_and_shows_its_path() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let deep = portal.room(&made).folders().create_path("Outer/Inner").await.unwrap();
        let handle = portal.folder(&deep);
        assert_eq!(handle.rename("  Renamed ").await.unwrap().title, "Renamed");
        assert_eq!(handle.get().await.unwrap().title, "Renamed");
        let path: Vec<String> = handle.path().await.unwrap().into_iter().map(|folder| folder.title).collect();
        assert_eq!(path[1..], [made.title.clone(), "Outer".to_owned(), "Renamed".to_owned()]);
        let missing = portal.folder(987_654_321);
        assert!(missing.get().await.unwrap_err().is_not_found());
        assert!(missing.rename("x").await.unwrap_err().is_not_found());
        assert!(missing.path().await.unwrap_err().is_not_found());
        assert!(missing.folders().list().await.unwrap_err().is_not_found());
        assert!(missing.folders().create("x").await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn folders_of_archived_rooms_cannot_be_changed() {
    Target::run(async |target| {
        let portal = target.portal();
        let made = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let folder = portal.room(&made).folders().create("Folder").await.unwrap();
        let file = portal.room(&made).upload("plan.txt", "x").send().await.unwrap();
        portal.room(&made).archive().await.unwrap().wait().await.unwrap();
        assert_eq!(portal.room(&made).folders().list().await.unwrap().len(), 1);
        let (room, folder, file) = (portal.room(&made), portal.folder(&folder), portal.file(&file));
        for error in [
            room.folders().create("Other").await.unwrap_err(),
            room.upload("other.txt", "x").send().await.unwrap_err(),
            room.copy_into([&file]).on_conflict(ConflictRule::Duplicate).start().await.unwrap_err(),
            folder.rename("Other").await.unwrap_err(),
            folder.clone().delete().await.unwrap_err(),
            file.rename("Other").await.unwrap_err(),
            file.trash().await.unwrap_err(),
        ] {
            assert!(error.is_forbidden() && error.advice().contains("restore it first"), "{error}");
        }
    })
    .await;
}
