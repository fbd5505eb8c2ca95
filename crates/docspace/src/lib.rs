//! A client for ONLYOFFICE DocSpace: rooms, their links and members, and room templates.
//!
//! ```
//! # doc_examples::with_mock(async |mock, _| {
//! # let (url, key) = (mock.url(), mock.owner_key());
//! use docspace::{Access, Portal, RoomType, Timestamp};
//!
//! let portal = Portal::builder(url).api_key(key).build()?; // sends nothing yet
//! let room = portal.rooms().create("Audit 2026", RoomType::Custom).tags(["audit"]).send().await?;
//!
//! let room = portal.room(&room); // a handle: this sends nothing
//! let link = room.links().create(Access::Read).expires(Timestamp::in_days(30)).send().await?;
//! println!("send this to the client: {}", link.url());
//!
//! room.archive().await?.wait().await?; // returns when the room is in the archive
//! # Ok(())
//! # });
//! ```
//!
//! The best credential for a program is an API key from the portal's developer tools. A key acts as
//! the person who created it. These pages call that person the *caller*. To work with rooms, links,
//! members and templates, a key needs the scopes `rooms:write` and `files:write`.
//! [`Portal::from_env`] reads the address and the key from `DOCSPACE_URL` and `DOCSPACE_API_KEY`.
//!
//! # Where to go next
//!
//! | Start with | Use it to |
//! |---|---|
//! | [`Portal::builder`] | set the address, the credentials, the limits and the timeouts |
//! | [`portal.rooms()`](Portal::rooms) | create, list and find rooms, and [work on many](rooms::ManyRooms) |
//! | [`portal.room(id)`](Portal::room) | read, change, archive, restore or delete one room; reach its [`Links`](links::Links) and [`Members`](members::Members) |
//! | [`portal.folder(id)`](Portal::folder), [`portal.file(id)`](Portal::file) | read, rename, copy, move and delete one folder or file; [upload](folders::FolderHandle::upload) into it; reach its [`Links`](links::Links) |
//! | [`portal.templates()`](Portal::templates) | list and find templates |
//! | [`portal.template(id)`](Portal::template) | create rooms from a template, and share it |
//! | [`portal.people()`](Portal::people) | find, invite and create people |
//! | [`portal.people_groups()`](Portal::people_groups) | manage groups of people, which can be members of rooms |
//! | [`portal.room_groups()`](Portal::room_groups) | manage the caller's own groups of rooms |
//! | [`portal.tags()`](Portal::tags) | create, list, rename and delete tags for all rooms |
//! | [`portal.keys()`](Portal::keys) | create, limit, replace and delete API keys |
//! | [`portal.webhooks()`](Portal::webhooks) | create and manage webhooks, and see what they delivered |
//! | [`portal.audit()`](Portal::audit) | read the audit trail and the login history |
//! | [`portal.operations()`](Portal::operations) | inspect and cancel background operations |
//! | [`portal.visitor(key)`](Portal::visitor) | see a room, folder or file as a visitor with a link sees it |
//! | [`portal.get(path)`](Portal::get), [`portal.send(..)`](Portal::send) | make any other call, with the same limits, retries and errors |
//! | [`portal.api()`](Portal::api) | make calls of the generated client, [`docspace::api`](#reexports); [`portal.call(..)`](Portal::call) turns their errors into this crate's |
//!
//! - Create one portal per program and clone it. Clones share connections and limits.
//! - A method that takes settings returns a builder, which ends with `send` or `start`. `send`
//!   returns the result. `start` returns an [`Operation`], because the portal continues the work in
//!   the background.
//! - Long lists are streams. The client requests a page only after the program has read the
//!   previous one.
//! - Updates change only the fields that the program sets. A renamed link keeps its password and
//!   its expiry date, although the portal itself would clear them.
//! - The directory `crates/docspace/examples` of the repository contains complete programs. They
//!   onboard a client, expire links, archive last year's rooms, rotate a key and more.
//! - Calls need a [Tokio](https://docs.rs/tokio) runtime with IO and timers, as `#[tokio::main]`
//!   sets one up. Outside a runtime they fail with [`Invalid`](ErrorKind::Invalid). A program
//!   without async uses the module `blocking`, which brings its own.
//!
//! # Waiting
//!
//! A portal archives, restores and deletes rooms in the background. The methods that start such
//! work return an [`Operation`]. [`Operation::wait`] polls the portal until the work has ended, and
//! then checks the room itself. A report of the portal is not enough: a busy portal drops
//! operations without an error, and may report another program's operation. [`waiting`] describes
//! progress, deadlines and cancellation.
//!
//! # Errors
//!
//! A failed call returns an [`Error`]. Its text states what was tried, on what, why it failed and
//! what to do. Programs match on its [`kind`](Error::kind):
//!
//! ```
//! use docspace::ErrorKind;
//!
//! # doc_examples::with_portal(async |portal| {
//! match portal.room(4711).get().await {
//!     Ok(room) => println!("{}", room.title),
//!     Err(error) if error.kind() == ErrorKind::NotFound => println!("there is no such room"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # });
//! ```
//!
//! The section `# Errors` of a method lists only the kinds that are special to it. [Other
//! kinds](ErrorKind#errors-of-every-call) can come from every call.
//!
//! The client [retries](transport::RetryPolicy) calls that are safe to repeat. It repeats a call
//! that creates something only if the first attempt certainly had no effect. It also stays within
//! the portal's [limits](transport::Throttle).
//!
//! # Tests without a portal
//!
//! The crate `docspace-mock` is a mock portal. The examples on these pages run against it. The
//! module `testing`, which needs the feature `test-util`, shows how to test a program with it, with
//! httpmock and with fakes.
//!
//! # Stability
//!
//! The version numbers of this crate follow [Semantic Versioning](https://semver.org). The
//! generated client, [`docspace::api`](#reexports), and the crates in [`deps`] are not part of that
//! promise, because they follow the API document and the versions of other crates.
//!
//! # Features
//!
//! | Feature | Default | What it does |
//! |---|---|---|
//! | `rustls` | yes | TLS with rustls and the certificates of the system |
//! | `native-tls` | no | TLS with the system's own library |
//! | `tracing` | no | a `tracing` span around each call, and an event for each request |
//! | `blocking` | no | the module `docspace::blocking`, which has the same methods without `async` |
//! | `webhooks` | no | [`webhooks::Receiver`](webhooks): check and read the deliveries of webhooks |
//! | `jiff` | no | timestamps convert from and to the types of the crate jiff |
//! | `test-util` | no | values and errors for tests: `Room::sample`, `Error::fake` |
//!
//! The crate also builds for `wasm32-unknown-unknown`. On all other targets, the async methods need
//! a Tokio runtime.
//!
//! # Sources
//!
//! References such as `docs/portal/rooms.md#pinning-a-room` point to the repository's reference
//! book, which describes how a portal behaves. Recordings are the answers of a real portal. The
//! repository keeps them in `tests/recordings`.
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

// First, because rustdoc lists the methods of `Portal` in the order of the modules.
mod entry_points;
pub mod portal;

pub mod audit;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
mod brief;
pub mod deps;
pub mod error;
pub mod folders;
pub mod history;
pub mod keys;
pub mod links;
pub mod operations;
pub mod people;
mod platform;
mod resume;
pub mod rooms;
mod seconds;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod sizes;
mod support;
pub mod tags;
pub mod templates;
#[cfg(feature = "test-util")]
#[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
pub mod testing;
pub mod transport;
pub mod waiting;
pub mod webhooks;

// The everyday names. Everything else is in the module of its noun.
pub use docspace_api::types::{Room, RoomLink};
pub use docspace_api::{Access, Expiry, RoomId, RoomType, Secret, Timestamp, printable};
#[doc(inline)]
pub use error::{Error, ErrorKind, Result};
#[doc(inline)]
pub use portal::{Portal, PortalBuilder};
#[doc(inline)]
pub use rooms::{RoomHandle, RoomRef};
#[doc(inline)]
pub use waiting::Operation;

// The generated client, for calls that have no method here.
pub use docspace_api as api;
pub use rooms::members;

/// Compiles the program in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
