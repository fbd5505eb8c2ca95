//! The rows: every operation of a portal, and the wait for it.

use docspace::folders::ConflictRule;
use docspace::waiting::Event;
use docspace::{Operation, Portal, Result, RoomType};
use futures::future::BoxFuture;
use futures::{FutureExt, TryStreamExt};

use crate::fault_matrix::fixture::Fixture;

/// The result of a wait; `None` if the operation was canceled before it ended.
pub(super) type Outcome = Result<Option<()>>;

/// A call that starts an operation, and the wait for its end.
pub(super) type Started = BoxFuture<'static, Result<BoxFuture<'static, Outcome>>>;

/// What the caller does with a started operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Wait,
    ReadEvents,
    /// Drops the operation, and waits for it in another program, which has only the ticket.
    Resume,
    Cancel,
}

/// The program that starts an operation.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) portal: Portal,
    /// The program that resumes it.
    pub(super) resumes: Portal,
    /// Titles contain the number of the program.
    pub(super) number: u8,
    pub(super) action: Action,
}

/// What happens to an operation that has had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IfDropped {
    /// The wait starts it again.
    Restarted,
    /// Starting it again could do harm, so the wait reports it.
    Reported,
    /// It creates something, which may still appear, so the wait reports it.
    Creates,
}

/// A row: an operation that a call starts, and the wait for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait {
    pub(super) name: &'static str,
    /// The request that starts the operation.
    pub(super) request: &'static str,
    /// The path of the operation's status.
    pub(super) status_path: &'static str,
    pub(super) if_dropped: IfDropped,
    /// Starts the operation for a program.
    pub(super) start: fn(Caller, &'static Fixture) -> Started,
}

impl Wait {
    pub(super) fn creates(&self) -> bool {
        self.if_dropped == IfDropped::Creates
    }

    /// Whether a second program can start the same operation while the first one runs. The portal
    /// deletes permanently what a second request finds in the trash.
    pub(super) fn can_start_twice(&self) -> bool {
        self.if_dropped != IfDropped::Reported
    }
}

fn waiting<T: Send + 'static>(operation: Operation<T>, caller: Caller) -> BoxFuture<'static, Outcome> {
    // Taken before the operation is dropped, as by a program that ends here.
    let resumed = (caller.action == Action::Resume).then(|| {
        let ticket = serde_json::to_string(&operation.ticket().expect("a ticket")).unwrap();
        caller.resumes.resume(&serde_json::from_str(&ticket).unwrap()).unwrap()
    });
    if let Some(resumed) = resumed {
        return async move { resumed.wait().await.map(|_| Some(())) }.boxed();
    }
    async move {
        match caller.action {
            Action::Wait | Action::Resume => operation.wait().await.map(|_| Some(())),
            Action::Cancel => Ok(operation.cancel().await?.map(drop)),
            Action::ReadEvents => {
                let (mut events, mut last) = (operation.events(), None);
                while let Some(event) = events.try_next().await? {
                    assert!(!matches!(last, Some(Event::Done(_))), "an event after the result");
                    last = Some(event);
                }
                assert!(matches!(last, Some(Event::Done(_))), "no result at the end");
                Ok(Some(()))
            }
        }
    }
    .boxed()
}

macro_rules! wait {
    ($name:literal, $request:literal, $status_path:expr, $if_dropped:ident, |$portal:ident, $fixture:ident, $number:ident| $start:expr) => {
        Wait {
            name: $name,
            request: $request,
            status_path: $status_path,
            if_dropped: IfDropped::$if_dropped,
            start: |caller, $fixture| {
                async move {
                    let ($portal, $number) = (caller.portal.clone(), caller.number);
                    $start.map(|started| waiting(started, caller))
                }
                .boxed()
            },
        }
    };
}

const OPERATIONS: &str = "/files/fileops";
const TEMPLATE_STATUS: &str = "/files/roomtemplate/status";
const ROOM_STATUS: &str = "/files/rooms/fromtemplate/status";

pub(super) const WAITS: [Wait; 15] = [
    wait!("archive", "PUT /files/rooms/*/archive", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.room(&fixture.room).archive().await
    }),
    wait!("restore", "PUT /files/rooms/*/unarchive", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.room(&fixture.archived).restore().await
    }),
    wait!("delete", "DELETE /files/rooms/*", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.room(&fixture.room).delete().await
    }),
    wait!("delete template", "DELETE /files/rooms/*", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.template(&fixture.template).delete().await
    }),
    wait!("create template", "POST /files/roomtemplate", TEMPLATE_STATUS, Creates, |portal, fixture, number| {
        portal.room(&fixture.room).save_as_template(format!("new {number}")).start().await
    }),
    wait!("create room", "POST /files/rooms/fromtemplate", ROOM_STATUS, Creates, |portal, fixture, number| {
        portal.template(&fixture.template).create_room(format!("new {number}")).start().await
    }),
    wait!("copy a file", "PUT /files/fileops/copy", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.file(&fixture.file).copy_to(&fixture.public).on_conflict(ConflictRule::Skip).start().await
    }),
    wait!("copy a folder", "PUT /files/fileops/copy", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.folder(&fixture.folder).copy_to(&fixture.public).on_conflict(ConflictRule::Skip).start().await
    }),
    wait!("copy over a file", "PUT /files/fileops/copy", OPERATIONS, Restarted, |portal, fixture, _number| {
        let entries = [&fixture.file];
        portal.room(&fixture.indexed).copy_into(entries).on_conflict(ConflictRule::Overwrite).start().await
    }),
    wait!("move a file", "PUT /files/fileops/move", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.file(&fixture.file).move_to(&fixture.public).on_conflict(ConflictRule::Skip).start().await
    }),
    wait!("move a folder", "PUT /files/fileops/move", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.folder(&fixture.folder).move_to(&fixture.public).on_conflict(ConflictRule::Skip).start().await
    }),
    wait!("delete a file", "DELETE /files/file/*", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.file(&fixture.file).delete().await
    }),
    wait!("delete a folder", "DELETE /files/folder/*", OPERATIONS, Restarted, |portal, fixture, _number| {
        portal.folder(&fixture.folder).delete().await
    }),
    wait!("trash a file", "DELETE /files/file/*", OPERATIONS, Reported, |portal, fixture, _number| {
        portal.file(&fixture.file).trash().await
    }),
    wait!("trash a folder", "DELETE /files/folder/*", OPERATIONS, Reported, |portal, fixture, _number| {
        portal.folder(&fixture.folder).trash().await
    }),
];

/// Every row, waited for, read as events, and resumed.
pub(super) fn without_cancel() -> impl Iterator<Item = (&'static Wait, Action)> {
    WAITS.iter().flat_map(|wait| [Action::Wait, Action::ReadEvents, Action::Resume].map(|action| (wait, action)))
}

/// Every row, waited for, read as events, resumed, and canceled.
pub(super) fn all() -> impl Iterator<Item = (&'static Wait, Action)> {
    without_cancel().chain(WAITS.iter().map(|wait| (wait, Action::Cancel)))
}

/// An index export. Its status stays after it is read. On a portal without a document service, such
/// as the mock portal, every export fails.
pub(super) const EXPORT: Wait = wait!(
    "index export",
    "POST /files/rooms/*/indexexport",
    "/files/rooms/indexexport",
    Restarted,
    |portal, _fixture, _number| {
        let indexed = portal.rooms().create("indexed", RoomType::VirtualData).indexing(true).send().await?;
        portal.room(&indexed).export_index().await
    }
);
