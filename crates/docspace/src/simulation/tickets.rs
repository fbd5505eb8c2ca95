//! Operations that another program resumes from a ticket. It must come to the same result as a wait
//! that is not interrupted, wherever that wait is cut.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::time::sleep;

use super::{Scene, Setting, simulate};
use crate::folders::{ConflictRule, FileHandle, FolderHandle};
use crate::waiting::{Operation, Resumed, Ticket};
use crate::{ErrorKind, Result, Room, RoomId};

/// A change that a portal makes in the background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Archive,
    DeleteRoom,
    CopyFile,
    CopyFolder,
    /// Copies a file and a folder whose titles exist in the target.
    Copy(ConflictRule),
    MoveFile,
    MoveFolder,
    /// Moves a file and a folder whose titles exist in the target.
    Move(ConflictRule),
    /// Moves a file to where it is.
    Stay,
    DeleteFile,
    DeleteFolder,
    TrashFile,
    TrashFolder,
}

const CHANGES: [Change; 17] = [
    Change::Archive,
    Change::DeleteRoom,
    Change::CopyFile,
    Change::CopyFolder,
    Change::Copy(ConflictRule::Skip),
    Change::Copy(ConflictRule::Overwrite),
    Change::Copy(ConflictRule::Duplicate),
    Change::MoveFile,
    Change::MoveFolder,
    Change::Move(ConflictRule::Skip),
    Change::Move(ConflictRule::Overwrite),
    Change::Move(ConflictRule::Duplicate),
    Change::Stay,
    Change::DeleteFile,
    Change::DeleteFolder,
    Change::TrashFile,
    Change::TrashFolder,
];

/// The titles of the result, or why there is none.
type Verdict = Result<Vec<String>, ErrorKind>;

/// A room with a folder and a file, and a target that contains their titles if the change is about
/// that.
struct Place {
    room: RoomId,
    target: RoomId,
    folder: FolderHandle,
    file: FileHandle,
}

async fn prepare(scene: &Scene, rooms: &[RoomId], change: Change) -> Place {
    let (room, target) = (scene.portal.room(&rooms[0]), scene.portal.room(&rooms[1]));
    let folder = scene.portal.folder(room.folders().create("Docs").await.unwrap());
    folder.upload("inner.txt", "inner").send().await.unwrap();
    let file = scene.portal.file(room.upload("plan.txt", "plan").send().await.unwrap());
    if matches!(change, Change::Copy(_) | Change::Move(_)) {
        let existing = scene.portal.folder(target.folders().create("Docs").await.unwrap());
        existing.upload("inner.txt", "other").send().await.unwrap();
        target.upload("plan.txt", "other").send().await.unwrap();
        target.upload("plan (1).txt", "other").send().await.unwrap();
    }
    Place { room: rooms[0].clone(), target: rooms[1].clone(), folder, file }
}

/// Makes the first wait, which ends after this time, and returns its ticket.
async fn cut<T>(
    started: Result<Operation<T>>,
    after: Duration,
    titles: fn(T) -> Vec<String>,
) -> (Option<Verdict>, Ticket) {
    let mut operation = started.unwrap();
    let verdict = match operation.wait_for(after).await {
        Ok(None) => None,
        Ok(Some(result)) => Some(Ok(titles(result))),
        Err(error) => Some(Err(error.kind())),
    };
    let json = serde_json::to_string(&operation.ticket().expect("a ticket")).unwrap();
    assert!(json.len() < 1_000, "{json}");
    (verdict, serde_json::from_str(&json).unwrap())
}

impl Change {
    async fn start(self, scene: &Scene, place: Place, after: Duration) -> (Option<Verdict>, Ticket) {
        let Place { room, target, folder, file } = place;
        let (room, target) = (scene.portal.room(room), scene.portal.room(target));
        let title = |room: Room| vec![room.title];
        let titles = |entries: Vec<crate::folders::Entry>| entries.iter().map(|entry| entry.title().into()).collect();
        let none = |()| Vec::new();
        let both = [folder.id().into(), file.id().into()] as [crate::folders::EntryRef; 2];
        match self {
            Self::Archive => cut(room.archive().await, after, title).await,
            Self::DeleteRoom => cut(room.delete().await, after, none).await,
            Self::CopyFile => cut(file.copy_to(&target).start().await, after, titles).await,
            Self::CopyFolder => cut(folder.copy_to(&target).start().await, after, titles).await,
            Self::Copy(rule) => cut(target.copy_into(&both).on_conflict(rule).start().await, after, titles).await,
            Self::MoveFile => cut(file.move_to(&target).start().await, after, titles).await,
            Self::MoveFolder => cut(folder.move_to(&target).start().await, after, titles).await,
            Self::Move(rule) => cut(target.move_into(&both).on_conflict(rule).start().await, after, titles).await,
            Self::Stay => cut(file.move_to(&room).start().await, after, titles).await,
            Self::DeleteFile => cut(file.delete().await, after, none).await,
            Self::DeleteFolder => cut(folder.delete().await, after, none).await,
            Self::TrashFile => cut(file.trash().await, after, none).await,
            Self::TrashFolder => cut(folder.trash().await, after, none).await,
        }
    }

    /// The verdict of a wait that is not interrupted.
    fn uninterrupted(self) -> Verdict {
        let mut verdict = None;
        simulate(Setting::default(), async |scene, rooms| {
            let place = prepare(&scene, &rooms, self).await;
            verdict = self.start(&scene, place, Duration::from_secs(3600)).await.0;
        });
        verdict.unwrap_or_else(|| panic!("{self:?} has not ended"))
    }
}

async fn resume(scene: &Scene, ticket: &Ticket) -> Verdict {
    match scene.portal.resume(ticket).unwrap().wait().await {
        Ok(Resumed::Room(room)) => Ok(vec![room.title]),
        Ok(Resumed::Entries(entries)) => Ok(entries.iter().map(|entry| entry.title().to_owned()).collect()),
        Ok(Resumed::Trashed(_) | Resumed::Deleted) => Ok(Vec::new()),
        Err(error) => Err(error.kind()),
    }
}

/// Number of requests that start an operation.
fn starts(scene: &Scene) -> usize {
    let deletions = scene.wire.sent(&Method::DELETE, "");
    let moves = ["/archive", "/copy", "/move"].map(|end| scene.wire.sent(&Method::PUT, end));
    deletions + moves.into_iter().sum::<usize>()
}

/// What happens between the first wait and the resumed one.
#[derive(Clone, Copy, Debug)]
enum Meanwhile {
    Nothing,
    /// The operation ends, and nothing reads its record.
    EndsUnread,
    /// The operation ends, and another program reads its record.
    EndsAndIsRead,
    /// The portal forgets the operation.
    IsForgotten,
}

#[test]
fn resumed_wait_ends_as_the_one_that_was_cut() {
    use Meanwhile::{EndsAndIsRead, EndsUnread, IsForgotten, Nothing};
    for change in CHANGES {
        let expected = change.uninterrupted();
        assert!(expected.is_ok(), "{change:?}: {expected:?}");
        for (after, meanwhile) in (0..5)
            .flat_map(|step| [Nothing, EndsUnread, EndsAndIsRead, IsForgotten].map(|meanwhile| (step * 130, meanwhile)))
        {
            simulate(Setting { seed: after + 1, ..Setting::default() }, async |scene, rooms| {
                let place = prepare(&scene, &rooms, change).await;
                let (ended, ticket) = change.start(&scene, place, Duration::from_millis(after)).await;
                assert!(ended.is_none_or(|verdict| verdict == expected), "{change:?}");
                let sent = starts(&scene);
                match meanwhile {
                    Nothing => {}
                    EndsUnread => sleep(Duration::from_secs(10)).await,
                    EndsAndIsRead => {
                        sleep(Duration::from_secs(10)).await;
                        scene.ask("GET", "files/fileops", json!({}));
                    }
                    IsForgotten => sleep(Duration::from_secs(120)).await,
                }
                let found = resume(&scene.other_program(), &ticket).await;
                assert_eq!(found, expected, "{change:?}, cut after {after} ms, {meanwhile:?}");
                assert_eq!(starts(&scene), sent, "{change:?} was started again");
            });
        }
    }
}

/// The wait that is not interrupted starts a dropped operation again, unless that could do harm.
#[test]
fn dropped_operations_are_reported_and_not_started_again_by_a_resumed_wait() {
    for change in CHANGES.into_iter().filter(|change| *change != Change::Stay) {
        simulate(Setting::default(), async |scene, rooms| {
            let place = prepare(&scene, &rooms, change).await;
            scene.wire.lose(1);
            let (ended, ticket) = change.start(&scene, place, Duration::ZERO).await;
            assert_eq!(ended, None);
            let found = resume(&scene.other_program(), &ticket).await;
            assert_eq!((found, starts(&scene)), (Err(ErrorKind::NotDone), 1), "{change:?}");
        });
    }
}

/// The portal reports once that the operation has failed. Both waits need that report.
#[test]
fn record_is_delivered_to_all_waits_of_a_program() {
    simulate(Setting::default(), async |scene, rooms| {
        let place = prepare(&scene, &rooms, Change::CopyFile).await;
        scene.wire.lose(1);
        let copying = place.file.copy_to(&place.target).start().await.unwrap();
        let ticket = copying.ticket().unwrap();
        let id = serde_json::to_value(&ticket).unwrap()["entry_operation"]["operation"].clone();
        let record = json!({
            "id": id, "Operation": 1, "progress": 100, "error": "no space", "processed": "0", "finished": true, "status": 2
        });
        let mut is_reported = false;
        scene.wire.script(move |operation, _, is_executed, _| {
            let is_list = operation == "list_operations" && !is_executed;
            let listed = if is_list && !is_reported { vec![&record] } else { Vec::new() };
            is_reported |= is_list;
            let answer = json!({"response": listed, "count": 1, "links": [], "status": 0, "statusCode": 200});
            is_list.then(|| (200, answer.to_string().into_bytes()))
        });
        let resumed = scene.portal.resume(&ticket).unwrap();
        let (first, second) = tokio::join!(copying.wait(), resumed.wait());
        for error in [first.unwrap_err(), second.unwrap_err()] {
            assert!(error.kind() == ErrorKind::NotDone && error.to_string().contains("no space"), "{error}");
        }
    });
}

/// A list removes the records of all finished operations, and a wait that finds its operation
/// missing starts it again.
#[test]
fn listing_and_canceling_reach_the_waits_for_folders_and_files() {
    simulate(Setting::default(), async |scene, rooms| {
        let place = prepare(&scene, &rooms, Change::CopyFile).await;
        scene.wire.lose(1);
        let copying = place.file.copy_to(&place.target).start().await.unwrap();
        let id = scene.portal.operations().list().await.unwrap()[0].id;
        scene.portal.operations().cancel(id).await.unwrap();
        let error = copying.wait().await.unwrap_err();
        assert!(error.kind() == ErrorKind::NotDone && error.to_string().contains("canceled"), "{error}");
        assert_eq!(starts(&scene), 1);
    });
}

/// The portal lists the deletions of folders and files together with those of rooms.
#[test]
fn deletion_of_a_room_is_identified_while_a_file_is_deleted() {
    simulate(Setting::default(), async |scene, rooms| {
        let place = prepare(&scene, &rooms, Change::DeleteFile).await;
        let deleting = place.file.delete().await.unwrap();
        let room = scene.portal.room(&rooms[2]).delete().await.unwrap();
        let ticket = serde_json::to_value(room.ticket().unwrap()).unwrap();
        assert!(ticket["room_operation"]["operation"].is_string(), "{ticket}");
        deleting.wait().await.unwrap();
        room.wait().await.unwrap();
        assert_eq!(starts(&scene), 2);
    });
}

/// A portal gives the id of a deleted file to a new one (recording walks/103). A second deletion
/// would remove the new file.
#[test]
fn new_file_with_the_id_of_a_deleted_one_is_left_alone() {
    simulate(Setting::default(), async |scene, rooms| {
        let place = prepare(&scene, &rooms, Change::DeleteFile).await;
        let deleting = place.file.clone().delete().await.unwrap();
        let ticket = deleting.ticket().unwrap();
        sleep(Duration::from_secs(10)).await;
        scene.ask("GET", "files/fileops", json!({}));
        let new = scene.portal.room(&rooms[1]).upload("new.txt", "new").send().await.unwrap();
        assert_eq!(new.id, *place.file.id(), "the portal does not use the id again, so the test proves nothing");
        deleting.wait().await.unwrap();
        assert_eq!(resume(&scene.other_program(), &ticket).await, Ok(Vec::new()));
        assert_eq!((place.file.get().await.unwrap().title.as_str(), starts(&scene)), ("new.txt", 1));
    });
}
