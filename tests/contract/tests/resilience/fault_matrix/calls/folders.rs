//! Folders and files.

use docspace::ErrorKind;
use docspace::folders::{ConflictRule, EntryRef};
use futures::{FutureExt, TryStreamExt};

use super::Call;

pub(super) const FOLDERS: &[Call] = &[
    call!("Folders::list", "GET /files/*/subfolders", |s| s.portal.room(&s.fixture.room).folders().list().await)
        .accepts_missing_response(),
    call!("Folders::tree", "GET /files/*/subfolders", |s| s.portal.room(&s.fixture.room).folders().tree().await)
        .accepts_missing_response(),
    call!("Folders::find", "GET /files/*/subfolders", |s| s.portal.room(&s.fixture.room).folders().find("A").await)
        .accepts_missing_response(),
    call!("Folders::missing", "GET /files/*/subfolders", |s| {
        s.portal.room(&s.fixture.room).folders().missing(["A"]).await
    })
    .accepts_missing_response(),
    call!("Folders::create", "POST /files/folder/*", |s| s.portal.room(&s.fixture.room).folders().create("A").await)
        .never_retried(),
    call!("Folders::create_path", "POST /files/folder/*", |s| {
        s.portal.room(&s.fixture.room).folders().create_path("A").await
    })
    .never_retried(),
    call!("Folders::create_path: read", "GET /files/*/subfolders", |s| {
        s.portal.room(&s.fixture.room).folders().create_path("A").await
    })
    .accepts_missing_response(),
    call!("Folders::create_tree", "POST /files/folder/*", |s| {
        s.portal.room(&s.fixture.room).folders().create_tree(["A"]).await
    })
    .never_retried(),
    call!("FolderHandle::get", "GET /files/folder/*", |s| s.portal.folder(&s.fixture.folder).get().await),
    call!("FolderHandle::rename", "PUT /files/folder/*", |s| s.portal.folder(&s.fixture.folder).rename("B").await),
    call!("FolderHandle::path", "GET /files/folder/*/path", |s| s.portal.folder(&s.fixture.folder).path().await),
    call!("FolderHandle::content", "GET /files/*", |s| {
        s.portal.folder(&s.fixture.folder).content().try_collect::<Vec<_>>().await
    }),
    call!("FolderHandle::delete", "DELETE /files/folder/*", |s| s.portal.folder(&s.fixture.folder).delete().await)
        .never_retried(),
    call!("FolderHandle::delete: read", "GET /files/folder/*", |s| {
        s.portal.folder(&s.fixture.folder).delete().await
    }),
    call!("FolderHandle::trash", "DELETE /files/folder/*", |s| s.portal.folder(&s.fixture.folder).trash().await)
        .never_retried(),
    call!("FolderHandle::set_order", "PUT /files/folder/*/order", |s| {
        s.portal.folder(&s.fixture.indexed_folder).set_order(2).await
    }),
    call!("FileHandle::get", "GET /files/file/*", |s| s.portal.file(&s.fixture.file).get().await),
    call!("FileHandle::rename", "PUT /files/file/*", |s| s.portal.file(&s.fixture.file).rename("b").await)
        .never_retried(),
    call!("FileHandle::copy_as", "POST /files/file/*/copyas", |s| {
        s.portal.file(&s.fixture.file).copy_as("b.txt", &s.fixture.folder).await
    })
    .never_retried(),
    call!("FileHandle::delete", "DELETE /files/file/*", |s| s.portal.file(&s.fixture.file).delete().await)
        .never_retried(),
    call!("FileHandle::trash", "DELETE /files/file/*", |s| s.portal.file(&s.fixture.file).trash().await)
        .never_retried(),
    call!("FileHandle::set_order", "PUT /files/*/order", |s| {
        s.portal.file(&s.fixture.indexed_file).set_order(1).await
    }),
    call!("RoomHandle::set_order", "PUT /files/order", |s| {
        let places = [(EntryRef::from(&s.fixture.indexed_file), 1)];
        s.portal.room(&s.fixture.indexed).set_order(places).await
    }),
    call!("Upload::send", "POST /files/*/upload", |s| {
        s.portal.room(&s.fixture.room).upload("note.txt", "second").send().await
    })
    .never_retried(),
    call!("FolderHandle::existing_files", "GET /files/*", |s| {
        s.portal.folder(&s.fixture.folder).existing_files(["note.txt"]).await
    }),
    call!("Transfer::start (copy)", "PUT /files/fileops/copy", |s| {
        s.portal.room(&s.fixture.public).copy_into([&s.fixture.file]).start().await
    })
    .never_retried(),
    call!("Transfer::start (move)", "PUT /files/fileops/move", |s| {
        s.portal.folder(&s.fixture.folder).move_to(&s.fixture.public).on_conflict(ConflictRule::Skip).start().await
    })
    .never_retried(),
    call!("Transfer::start: read", "GET /files/file/*", |s| {
        s.portal.room(&s.fixture.public).copy_into([&s.fixture.file]).start().await
    }),
    // The file is there already, so nothing is started: calls that wait for a place in the queue
    // match `GET /files/*` too.
    call!("Transfer::start: target", "GET /files/*", |s| {
        s.portal.room(&s.fixture.room).move_into([&s.fixture.file]).start().await
    }),
];
