//! Copying and moving folders and files.

use std::time::Duration;

use contract::target::Target;
use docspace::folders::{ConflictRule, Entry, EntryRef, FileHandle, FolderHandle};
use docspace::{ErrorKind, RoomHandle};
use futures::TryStreamExt;

use crate::fixture::titled_room;

/// A room with a folder that contains a file, and a file beside it.
async fn source(target: &Target) -> (RoomHandle, FolderHandle, FileHandle) {
    let (portal, made) = (target.portal(), titled_room(target, "source").await);
    let room = portal.room(&made);
    let folder = portal.folder(room.folders().create("Docs").await.unwrap());
    folder.upload("inner.txt", "inner").send().await.unwrap();
    let file = portal.file(room.upload("plan.txt", "plan").send().await.unwrap());
    (room, folder, file)
}

async fn titles(room: &RoomHandle) -> Vec<String> {
    let entries: Vec<Entry> = room.content().try_collect().await.unwrap();
    let mut titles: Vec<String> = entries.iter().map(|entry| entry.title().to_owned()).collect();
    titles.sort();
    titles
}

#[tokio::test]
async fn folders_and_files_are_copied_together() {
    Target::run(async |target| {
        let (room, folder, file) = source(target).await;
        let portal = target.portal();
        let other = portal.room(&titled_room(target, "target").await);
        let (folder_now, file_now) = (folder.get().await.unwrap(), file.get().await.unwrap());
        let entries = [Entry::File(file_now), Entry::Folder(folder_now)];
        let copies = other.copy_into(&entries).start().await.unwrap().wait().await.unwrap();
        let [Entry::File(plan), Entry::Folder(docs)] = copies.as_slice() else { panic!("{copies:?}") };
        assert_eq!((&*plan.title, &*docs.title, docs.files_count), ("plan.txt", "Docs", 1));
        assert_eq!(titles(&other).await, ["Docs", "plan.txt"]);
        assert_eq!(titles(&room).await, ["Docs", "plan.txt"]);
    })
    .await;
}

#[tokio::test]
async fn moved_entries_keep_their_ids() {
    Target::run(async |target| {
        let (room, folder, file) = source(target).await;
        let other = target.portal().room(&titled_room(target, "target").await);
        let moved = file.move_to(&folder).start().await.unwrap().wait().await.unwrap();
        assert!(matches!(moved.as_slice(), [Entry::File(moved)] if moved.id == *file.id()), "{moved:?}");
        let moved = folder.move_to(&other).start().await.unwrap().wait().await.unwrap();
        let [Entry::Folder(docs)] = moved.as_slice() else { panic!("{moved:?}") };
        assert_eq!((&docs.id, docs.files_count), (folder.id(), 2));
        assert_eq!(titles(&room).await, Vec::<String>::new());
        // The folder is there already, so nothing is sent.
        let stays = folder.move_to(&other).start().await.unwrap().wait().await.unwrap();
        assert_eq!(stays[0].title(), "Docs");
    })
    .await;
}

#[tokio::test]
async fn titles_that_exist_are_refused_unless_a_rule_is_chosen() {
    Target::on_mock(async |target, mock| {
        let (room, folder, file) = source(target).await;
        let portal = target.portal();
        let other = portal.room(&titled_room(target, "target").await);
        other.folders().create("docs").await.unwrap();
        let existing = other.upload("plan.txt", "other").send().await.unwrap();
        let started = mock.requests().iter().filter(|request| request.path.contains("fileops")).count();
        for transfer in [other.copy_into([&folder]), folder.move_to(&other)] {
            let error = transfer.start().await.unwrap_err();
            assert!(error.is_conflict() && error.to_string().contains("`Docs`"), "{error}");
        }
        assert!(file.copy_to(&room).start().await.unwrap_err().is_conflict());
        assert_eq!(mock.requests().iter().filter(|request| request.path.contains("fileops")).count(), started);

        let copy = async |rule| file.copy_to(&other).on_conflict(rule).start().await.unwrap().wait().await.unwrap();
        let skipped = copy(ConflictRule::Skip).await;
        assert!(matches!(skipped.as_slice(), [Entry::File(kept)] if kept.id == existing.id && kept.version == 1));
        let overwritten = copy(ConflictRule::Overwrite).await;
        assert!(matches!(overwritten.as_slice(), [Entry::File(new)] if new.id == existing.id && new.version == 2));
        let duplicate = copy(ConflictRule::Duplicate).await;
        assert_eq!(duplicate[0].title(), "plan (1).txt");
    })
    .await;
}

#[tokio::test]
async fn moved_folder_is_merged_into_one_with_its_title() {
    Target::run(async |target| {
        let (_, folder, file) = source(target).await;
        let other = target.portal().room(&titled_room(target, "target").await);
        let existing = other.folders().create("Docs").await.unwrap();
        let merged = folder.move_to(&other).on_conflict(ConflictRule::Skip).start().await.unwrap();
        let merged = merged.wait().await.unwrap();
        let [Entry::Folder(docs)] = merged.as_slice() else { panic!("{merged:?}") };
        assert_eq!((&docs.id, docs.files_count), (&existing.id, 1));
        assert!(folder.get().await.unwrap_err().is_not_found());

        other.upload("plan.txt", "other").send().await.unwrap();
        let kept = file.move_to(&other).on_conflict(ConflictRule::Skip).start().await.unwrap().wait().await.unwrap();
        assert_eq!(kept[0].title(), "plan.txt");
        assert!(file.get().await.is_ok(), "a file that was left out stays where it is");
    })
    .await;
}

#[tokio::test]
async fn transfers_that_cannot_succeed_are_rejected() {
    Target::on_mock(async |target, mock| {
        let (room, folder, file) = source(target).await;
        let portal = target.portal();
        let none: [&FileHandle; 0] = [];
        let itself = folder.copy_to(folder.id());
        for transfer in [room.copy_into(none), itself, portal.folder(room.id()).copy_to(&folder)] {
            assert_eq!(transfer.start().await.unwrap_err().kind(), ErrorKind::Invalid);
        }
        assert!(file.copy_to(987_654_321).start().await.unwrap_err().is_not_found());
        assert!(portal.file(987_654_321).copy_to(&room).start().await.unwrap_err().is_not_found());
        let inner = folder.folders().create("Inner").await.unwrap();
        let error = folder.copy_to(&inner).start().await.unwrap_err();
        assert!(error.is_invalid() && error.to_string().contains("cannot contain itself"), "{error}");
        assert!(mock.requests().iter().all(|request| !request.path.contains("fileops")));
    })
    .await;
}

#[tokio::test]
async fn entries_that_are_given_twice_are_copied_once() {
    Target::run(async |target| {
        let (room, folder, file) = source(target).await;
        let twice = [EntryRef::from(folder.id()), file.id().into(), folder.id().into()];
        let copying = titled_room(target, "copies").await;
        let copying = target.portal().room(&copying).copy_into(twice).start().await.unwrap();
        assert_eq!(copying.wait().await.unwrap().len(), 2);
        assert!(room.get().await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn dropped_transfers_are_started_again() {
    Target::on_mock(async |target, mock| {
        let (_, folder, file) = source(target).await;
        let portal = target.portal_with(target.wait_policy().stall(Duration::from_millis(500)));
        let other = portal.room(&titled_room(target, "target").await);
        mock.portal(|portal| portal.lose_operations(1));
        other.copy_into([&file]).start().await.unwrap().wait().await.unwrap();
        mock.portal(|portal| portal.lose_operations(1));
        other.move_into([&folder]).start().await.unwrap().wait().await.unwrap();
        assert_eq!(titles(&other).await, ["Docs", "plan.txt"]);
    })
    .await;
}

#[tokio::test]
async fn transfers_are_recognized_after_another_program_read_their_records() {
    Target::on_mock(async |target, mock| {
        let (_, folder, file) = source(target).await;
        let other = target.portal().room(&titled_room(target, "target").await);
        let copying = file.copy_to(&other).start().await.unwrap();
        let moving = folder.move_to(&other).start().await.unwrap();
        mock.advance(Duration::from_secs(10));
        target.raw().get("files/fileops").await;
        copying.wait().await.unwrap();
        moving.wait().await.unwrap();
        let sent = mock.requests().iter().filter(|request| request.method == "PUT").count();
        assert_eq!(sent, 2, "nothing is started twice");
    })
    .await;
}
