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
//! let room = portal.room(&room); // a handle, which costs no call
//! let link = room.links().create(Access::Read).expires(Timestamp::in_days(30)).send().await?;
//! println!("send this to the client: {}", link.url());
//!
//! room.archive().await?.wait().await?; // returns when the room is in the archive
//! # Ok(())
//! # });
//! ```
//!
//! The best credential for a program is an API key from the portal's developer tools. A key acts as
//! the person who created it, who is called the *caller* on these pages. Rooms, links, members and
//! templates need the scopes `rooms:write` and `files:write`. [`Portal::from_env`] reads the
//! address and the key from `DOCSPACE_URL` and `DOCSPACE_API_KEY`.
//!
//! # Where to go next
//!
//! | Start with | Type | Use it to |
//! |---|---|---|
//! | [`Portal::builder`] | [`PortalBuilder`] | set the address, the credentials, the limits and the timeouts |
//! | [`portal.rooms()`](Portal::rooms) | [`Rooms`](rooms::Rooms) | create, list and find rooms, and [work on many](rooms::ManyRooms) |
//! | [`portal.room(id)`](Portal::room) | [`RoomHandle`] | change, archive, restore or delete one room; its [`Links`](links::Links) and [`Members`](members::Members) |
//! | [`portal.templates()`](Portal::templates) | [`Templates`](templates::Templates) | list and find templates |
//! | [`portal.template(id)`](Portal::template) | [`TemplateHandle`](templates::TemplateHandle) | create rooms from a template, and share it |
//! | [`portal.people()`](Portal::people) | [`People`](people::People) | find, invite and create people |
//! | [`portal.people_groups()`](Portal::people_groups) | [`PeopleGroups`](people::PeopleGroups) | manage groups of people, which can be members of rooms |
//! | [`portal.groups()`](Portal::groups) | [`Groups`](rooms::Groups) | manage the caller's own groups of rooms |
//! | [`portal.tags()`](Portal::tags) | [`Tags`](tags::Tags) | list, rename and delete the tags of all rooms |
//! | [`portal.keys()`](Portal::keys) | [`Keys`](keys::Keys) | create, limit, replace and delete API keys |
//! | [`portal.operations()`](Portal::operations) | [`Operations`](operations::Operations) | inspect and cancel background operations |
//! | [`portal.visitor(key)`](Portal::visitor) | [`Visitor`](links::Visitor) | see a room as a visitor with a link sees it |
//! | [`portal.api()`](Portal::api) | [`docspace::api`](#reexports) | make calls that have no method here |
//!
//! - Create one portal for a program and clone it. Clones share connections and limits.
//! - Lists are streams: the client reads a page when the previous page is used up.
//! - Updates change only the fields that the program sets. A renamed link keeps its password and
//!   its expiry date, although the portal itself would clear them.
//! - The repository's `examples/` are whole programs: onboard a client, expire links, archive last
//!   year's rooms, rotate a key and more.
//!
//! # Waiting
//!
//! A portal archives, restores and deletes rooms in the background. The method that starts such
//! work returns an [`Operation`]: `wait().await` polls the portal until the work has ended and then
//! checks the room itself, because a busy portal drops operations without an error and may report
//! another program's operation. [`waiting`] describes progress, deadlines and cancellation.
//!
//! # Errors
//!
//! Every call fails with an [`Error`]. Its text says what was tried, on what, why it failed and
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
//! The client [retries](transport::RetryPolicy) calls that are safe to repeat, and never sends a
//! call that creates something twice unless the first attempt certainly had no effect. It also
//! stays within the portal's [limits](transport::Throttle).
//!
//! # Tests without a portal
//!
//! The crate `docspace-mock` is a mock portal. The examples on these pages run against it.
//!
//! # Features
//!
//! | Feature | Default | What it does |
//! |---|---|---|
//! | `rustls` | yes | TLS by rustls, with the certificates of the system |
//! | `native-tls` | no | TLS by the system's own library |
//! | `tracing` | no | a span around each call |
//! | `blocking` | no | the module `docspace::blocking`, which has the same methods without `async` |
//!
//! The crate also builds for `wasm32-unknown-unknown`.
//!
//! # Sources
//!
//! References such as `docs/portal/rooms.md#pinning-a-room` point to the repository's reference
//! book about how a portal behaves. A recording is the answer of a real portal; the repository
//! keeps it in `tests/recordings`.
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

// First, because rustdoc lists the methods of `Portal` in the order of the modules.
mod entry_points;
pub mod portal;

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
pub mod error;
pub mod keys;
pub mod operations;
pub mod people;
mod platform;
pub mod rooms;
#[cfg(test)]
mod simulation;
mod support;
pub mod tags;
pub mod templates;
pub mod transport;
pub mod waiting;

// The everyday names. Everything else is in the module of its noun.
pub use docspace_api::types::{Room, RoomLink};
pub use docspace_api::{Access, RoomId, RoomType, Secret, Timestamp, printable};
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
pub use rooms::{links, members};

/// Compiles the program in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
