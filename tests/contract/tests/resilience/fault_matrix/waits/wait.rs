//! The rows: every operation of a portal, and the wait for it.

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
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    Wait,
    ReadEvents,
    Cancel,
}

/// A row: an operation that a call starts, and the wait for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait {
    pub(super) name: &'static str,
    /// The request that starts the operation.
    pub(super) request: &'static str,
    /// The path of the operation's status.
    pub(super) status_path: &'static str,
    /// Whether the operation creates something, so that it must not be started twice.
    pub(super) creates: bool,
    /// Starts the operation for a program. Titles contain the number of the program.
    pub(super) start: fn(Portal, &'static Fixture, u8, Action) -> Started,
}

fn waiting<T: Send + 'static>(operation: Operation<T>, action: Action) -> BoxFuture<'static, Outcome> {
    async move {
        match action {
            Action::Wait => operation.wait().await.map(|_| Some(())),
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
    ($name:literal, $request:literal, $status_path:literal, $creates:literal, |$portal:ident, $fixture:ident, $program:ident| $start:expr) => {
        Wait {
            name: $name,
            request: $request,
            status_path: $status_path,
            creates: $creates,
            start: |$portal, $fixture, $program, action| {
                async move { $start.map(|started| waiting(started, action)) }.boxed()
            },
        }
    };
}

pub(super) const WAITS: [Wait; 6] = [
    wait!("archive", "PUT /files/rooms/*/archive", "/files/fileops", false, |portal, fixture, _program| {
        portal.room(&fixture.room).archive().await
    }),
    wait!("restore", "PUT /files/rooms/*/unarchive", "/files/fileops", false, |portal, fixture, _program| {
        portal.room(&fixture.archived).restore().await
    }),
    wait!("delete", "DELETE /files/rooms/*", "/files/fileops", false, |portal, fixture, _program| {
        portal.room(&fixture.room).delete().await
    }),
    wait!("delete template", "DELETE /files/rooms/*", "/files/fileops", false, |portal, fixture, _program| {
        portal.template(&fixture.template).delete().await
    }),
    wait!(
        "create template",
        "POST /files/roomtemplate",
        "/files/roomtemplate/status",
        true,
        |portal, fixture, program| {
            portal.room(&fixture.room).save_as_template(format!("new {program}")).start().await
        }
    ),
    wait!(
        "create room",
        "POST /files/rooms/fromtemplate",
        "/files/rooms/fromtemplate/status",
        true,
        |portal, fixture, program| {
            portal.template(&fixture.template).create_room(format!("new {program}")).start().await
        }
    ),
];

/// Every row, waited for and read as events.
pub(super) fn without_cancel() -> impl Iterator<Item = (&'static Wait, Action)> {
    WAITS.iter().flat_map(|wait| [(wait, Action::Wait), (wait, Action::ReadEvents)])
}

/// Every row, waited for, read as events, and canceled.
pub(super) fn all() -> impl Iterator<Item = (&'static Wait, Action)> {
    without_cancel().chain(WAITS.iter().map(|wait| (wait, Action::Cancel)))
}

/// An index export. Its status stays after it is read. On a portal without a document service, such
/// as the mock portal, every export fails.
pub(super) const EXPORT: Wait = wait!(
    "index export",
    "POST /files/rooms/*/indexexport",
    "/files/rooms/indexexport",
    false,
    |portal, _fixture, _program| {
        let indexed = portal.rooms().create("indexed", RoomType::VirtualData).indexing(true).send().await?;
        portal.room(&indexed).export_index().await
    }
);
