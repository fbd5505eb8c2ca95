//! How to test a program that uses this crate. The module has no items; it is a page.
//!
//! | Way | What answers | Use it for |
//! |---|---|---|
//! | A mock portal, `docspace-mock` | a whole portal on this computer, held to recordings of a real one | most tests: what is created is there, waits end, rights and limits apply |
//! | httpmock, `docspace-httpmock` | the answers that the test sets, one call at a time | odd answers that a portal hardly gives |
//! | Fakes | your own code, without HTTP | code behind a trait of your own |
//!
//! # A mock portal
//!
//! Let the code under test take a [`Portal`](crate::Portal), and give it one for a mock portal. The
//! mock portal has a clock of its own, so a test can let a month pass. It records all requests, and
//! its faults make any call fail: with a status, a reset, a stall, or an answer that is lost after
//! the portal has executed the call.
//!
//! ```
//! use docspace::{Portal, Result, RoomType};
//! use docspace_mock::{Fault, MockPortal};
//!
//! async fn create_audit(portal: &Portal, client: &str) -> Result<docspace::Room> {
//!     portal.rooms().create(format!("Audit {client}"), RoomType::Custom).tags(["audit"]).send().await
//! }
//!
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let mock = MockPortal::builder().start().await.unwrap();
//! let portal = Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
//! let room = create_audit(&portal, "Acme").await?;
//! assert_eq!(room.tags, ["audit"]);
//!
//! mock.faults().next("POST /files/rooms", Fault::status(403));
//! let error = create_audit(&portal, "Acme").await.unwrap_err();
//! assert!(error.is_forbidden());
//! # Ok::<(), docspace::Error>(())
//! # }).unwrap();
//! ```
//!
//! Programs in other languages start the same mock portal with `docspace mock`.
//!
//! # httpmock
//!
//! [httpmock](https://docs.rs/httpmock) answers single calls. `docspace-httpmock` has a helper for each
//! operation of the API, re-exports httpmock, and puts answers into the frame that a portal uses.
//! Sign in with a token: for an API key, the client first asks for the scopes of the key.
//!
//! ```
//! use docspace::{Portal, Room};
//! use docspace_httpmock::httpmock::MockServer;
//! use docspace_httpmock::{Answer, MockServerExt};
//!
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! let server = MockServer::start_async().await;
//! server.get_room(|_, then| {
//!     then.into_inner().response(&Room { pinned: true, ..Room::sample(17, "Audit 2026") });
//! });
//! let portal = Portal::builder(server.base_url()).token("any").build()?;
//! assert!(portal.room(17).get().await?.pinned);
//! # Ok::<(), docspace::Error>(())
//! # }).unwrap();
//! ```
//!
//! # Fakes
//!
//! If your code uses a trait of its own in place of a portal, a fake returns [`Room::sample`] and
//! [`Error::fake`]. `RoomLink`, `Member` and `Profile` have a `sample`, too. All of them need the
//! feature `test-util`.
//!
//! ```
//! use docspace::{Error, ErrorKind, Result, Room};
//!
//! trait Rooms {
//!     fn find(&self, title: &str) -> Result<Room>;
//! }
//!
//! struct Fake;
//!
//! impl Rooms for Fake {
//!     fn find(&self, title: &str) -> Result<Room> {
//!         match title {
//!             "Audit 2026" => Ok(Room::sample(17, title)),
//!             _ => Err(Error::fake(ErrorKind::NotFound, format!("there is no room `{title}`"))),
//!         }
//!     }
//! }
//!
//! assert_eq!(Fake.find("Audit 2026")?.title, "Audit 2026");
//! assert!(Fake.find("Audit 2027").unwrap_err().is_not_found());
//! # Ok::<(), Error>(())
//! ```
//!
//! [`Room::sample`]: crate::Room::sample
//! [`Error::fake`]: crate::Error::fake
