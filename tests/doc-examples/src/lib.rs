//! Starts a mock portal for the documentation examples of `docspace`.
//!
//! Each function takes an example as an async closure, so that the page of the crate shows only the
//! calls the example is about:
//!
//! ```
//! # doc_examples::with_room(async |portal, room| {
//! room.rename("Audit 2027").await?;
//! # Ok(())
//! # });
//! ```
//!
//! The clock of the mock portal is the real one, because examples compute dates with
//! `Timestamp::in_days`.

use docspace::rooms::RoomHandle;
use docspace::templates::TemplateHandle;
use docspace::{Portal, Result, RoomType};
use docspace_mock::{Builder, Clock, MockPortal, Role};

/// Runs an example with a portal, as its owner.
///
/// # Panics
///
/// When the example returns an error.
pub fn with_portal(example: impl AsyncFnOnce(Portal) -> Result<()>) {
    run(async |_, portal| example(portal).await);
}

/// Runs an example with a portal and its mock, to move the clock or to inject a fault.
///
/// # Panics
///
/// When the example returns an error.
pub fn with_mock(example: impl AsyncFnOnce(MockPortal, Portal) -> Result<()>) {
    run(example);
}

/// Runs an example with a portal and a custom room, "Audit 2026".
///
/// # Panics
///
/// When the example returns an error.
pub fn with_room(example: impl AsyncFnOnce(Portal, RoomHandle) -> Result<()>) {
    run(async |_, portal| {
        let room = portal.rooms().create("Audit 2026", RoomType::Custom).send().await?;
        let room = portal.room(&room);
        example(portal, room).await
    });
}

/// Runs an example with a portal, the custom room "Audit 2026", and the e-mail addresses of two
/// people with accounts: ann, a room administrator, and bob, a user.
///
/// # Panics
///
/// When the example returns an error.
pub fn with_people(example: impl AsyncFnOnce(Portal, RoomHandle, &str, &str) -> Result<()>) {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).person("bob", Role::User);
    run_on(mock, async |mock, portal| {
        let room = portal.rooms().create("Audit 2026", RoomType::Custom).send().await?;
        let room = portal.room(&room);
        example(portal, room, &mock.email("ann"), &mock.email("bob")).await
    });
}

/// Runs an example with a portal and a template, "Audit".
///
/// # Panics
///
/// When the example returns an error.
pub fn with_template(example: impl AsyncFnOnce(Portal, TemplateHandle) -> Result<()>) {
    run(async |_, portal| {
        let room = portal.rooms().create("Audit 2026", RoomType::Custom).send().await?;
        let template = portal.room(&room).save_as_template("Audit").start().await?.wait().await?;
        let template = portal.template(&template);
        example(portal, template).await
    });
}

fn run(example: impl AsyncFnOnce(MockPortal, Portal) -> Result<()>) {
    run_on(MockPortal::builder(), example);
}

fn run_on(mock: Builder, example: impl AsyncFnOnce(MockPortal, Portal) -> Result<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let outcome = runtime.block_on(async {
        let mock = mock.clock(Clock::real()).start().await.expect("a mock portal");
        let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
        example(mock, portal).await
    });
    outcome.expect("the example succeeds");
}
