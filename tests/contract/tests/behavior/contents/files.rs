//! Uploading, renaming and copying files.

use contract::target::Target;
use docspace::folders::IfExists;
use docspace::{ErrorKind, RoomType};
use futures::TryStreamExt;

use crate::fixture::titled_room;

#[tokio::test]
async fn upload_of_an_existing_title_follows_if_exists() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let room = portal.room(&made);
        let first = room.upload("plan.txt", "one").send().await.unwrap();
        assert_eq!((&*first.title, first.version), ("plan.txt", 1));

        let next = room.upload("PLAN.txt", "two").send().await.unwrap();
        assert_eq!((&next.id, next.version), (&first.id, 2));
        let second = room.upload("plan.txt", "three").if_exists(IfExists::SecondFile).send().await.unwrap();
        assert_eq!((&*second.title, second.version), ("plan (1).txt", 1));
        let error = room.upload("Plan.txt", "four").if_exists(IfExists::Refuse).send().await.unwrap_err();
        assert!(error.is_conflict() && error.nothing_was_done(), "{error}");
        let new = room.upload("other.txt", "five").if_exists(IfExists::Refuse).send().await.unwrap();
        assert_eq!((&*new.title, new.size()), ("other.txt", 4));
        assert_eq!(room.content().try_collect::<Vec<_>>().await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn names_without_an_extension_and_with_punctuation_are_recognized() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let (room, folder) = (portal.room(&made), portal.folder(&made));
        for (name, title) in [("LICENSE", "LICENSE."), ("50%; draft.txt", "50%; draft.txt")] {
            let upload = room.upload(name, "one").if_exists(IfExists::Refuse);
            assert_eq!(upload.title().unwrap(), title);
            assert_eq!(upload.clone().send().await.unwrap().title, title);
            assert!(upload.send().await.unwrap_err().is_conflict(), "{name}");
        }
        let existing = folder.existing_files(["license", "other.txt", "50%; DRAFT.txt"]).await.unwrap();
        let mut titles: Vec<&str> = existing.iter().map(|file| file.title.as_str()).collect();
        titles.sort_unstable();
        assert_eq!(titles, ["50%; draft.txt", "LICENSE."]);
    })
    .await;
}

#[tokio::test]
async fn empty_file_can_be_uploaded_into_a_folder() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let folder = portal.room(&made).folders().create("Folder").await.unwrap();
        let file = portal.folder(&folder).upload("empty.txt", "").send().await.unwrap();
        assert_eq!((&file.folder_id, file.size()), (&folder.id, 0));
        assert!(portal.folder(987_654_321).upload("a.txt", "a").send().await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn wrong_file_names_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let before = mock.requests().len();
        for name in ["", " ", "a/b.txt", "a:b.txt", &format!("{}.txt", "x".repeat(167))] {
            let error = portal.room(&made).upload(name, "x").send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{name:?}");
        }
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn form_room_takes_no_other_files() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = portal.rooms().create(target.title("forms"), RoomType::FillingForms).send().await.unwrap();
        let error = portal.room(&made).upload("plan.txt", "x").send().await.unwrap_err();
        assert!(error.to_string().contains("PDF form"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn file_can_be_renamed_and_copied_under_another_title() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let room = portal.room(&made);
        let folder = room.folders().create("Folder").await.unwrap();
        let file = portal.file(room.upload("plan.txt", "text").send().await.unwrap());
        assert_eq!(file.rename("renamed").await.unwrap().title, "renamed.txt");
        assert_eq!(file.get().await.unwrap().title, "renamed.txt");
        let copy = file.copy_as("copy.txt", &folder).await.unwrap();
        assert_eq!((&*copy.title, &copy.folder_id), ("copy.txt", &folder.id));
        assert!(copy.id != *file.id());
        assert!(file.copy_as("copy.txt", 987_654_321).await.unwrap_err().is_forbidden());
        assert_eq!(file.copy_as("a:b.txt", &folder).await.unwrap_err().kind(), ErrorKind::Invalid);
        let missing = portal.file(987_654_321);
        assert!(missing.get().await.unwrap_err().is_not_found());
        assert!(missing.rename("x").await.unwrap_err().is_not_found());
    })
    .await;
}
