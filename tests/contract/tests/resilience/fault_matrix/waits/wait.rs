//! The rows: every work that a portal does in the background, and the wait for it.

use docspace::waiting::Event;
use docspace::{Operation, Portal, Result, RoomType};
use futures::future::BoxFuture;
use futures::{FutureExt, TryStreamExt};

use crate::fault_matrix::fixture::Fixture;

/// How a wait ends: done, or `None` if it was cancelled before that.
pub(super) type Outcome = Result<Option<()>>;

/// A call that starts work, and the wait for that work.
pub(super) type Started = BoxFuture<'static, Result<BoxFuture<'static, Outcome>>>;

/// What is done with an operation that has been started.
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    Wait,
    ReadEvents,
    Cancel,
}

/// A row: work that a call starts, and the wait for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait {
    pub(super) name: &'static str,
    /// The request that starts the work.
    pub(super) request: &'static str,
    /// The path where the portal reports on the work.
    pub(super) status_path: &'static str,
    /// Whether the work creates something, so that it must not be started twice.
    pub(super) creates: bool,
    /// Starts the work for the client of a program, whose number goes into the titles.
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
                    assert!(!matches!(last, Some(Event::Done(_))), "something came after the end");
                    last = Some(event);
                }
                assert!(matches!(last, Some(Event::Done(_))), "it ended without a result");
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
        "make template",
        "POST /files/roomtemplate",
        "/files/roomtemplate/status",
        true,
        |portal, fixture, program| {
            portal.room(&fixture.room).save_as_template(format!("new {program}")).start().await
        }
    ),
    wait!(
        "make room",
        "POST /files/rooms/fromtemplate",
        "/files/rooms/fromtemplate/status",
        true,
        |portal, fixture, program| {
            portal.template(&fixture.template).create_room(format!("new {program}")).start().await
        }
    ),
];

/// Every wait, waited for and read as events.
pub(super) fn followed() -> impl Iterator<Item = (&'static Wait, Action)> {
    WAITS.iter().flat_map(|wait| [(wait, Action::Wait), (wait, Action::ReadEvents)])
}

/// Every wait, waited for, read as events, and cancelled.
pub(super) fn all() -> impl Iterator<Item = (&'static Wait, Action)> {
    followed().chain(WAITS.iter().map(|wait| (wait, Action::Cancel)))
}

/// An index export has no record that is read once: its status stays, and a portal without a document service, as the
/// mock portal is one, fails at each.
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
