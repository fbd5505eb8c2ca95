//! The same methods without async, for scripts and for bindings to other languages. Needs the
//! feature `blocking`.
//!
//! Every type that calls a portal has a counterpart here, with the same name and the same methods.
//! A method returns when the portal has answered. All other types are shared:
//! [`Room`](crate::Room), [`WaitPolicy`](crate::waiting::WaitPolicy), [`Error`](crate::Error) and
//! so on.
//!
//! ```
//! # let server = tokio::runtime::Runtime::new()?;
//! # let mock = server.block_on(docspace_mock::MockPortal::builder().start())?;
//! # let (url, key) = (mock.url(), mock.owner_key());
//! use docspace::blocking::Portal;
//! use docspace::{Access, RoomType};
//!
//! let portal = Portal::builder(url).api_key(key).build()?;
//! let room = portal.rooms().create("Audit 2026", RoomType::Custom).tags(["audit"]).send()?;
//! let link = portal.room(&room).links().create(Access::Read).title("For the client").send()?;
//! println!("send this to the client: {}", link.url());
//!
//! // A stream of the async methods is an iterator here.
//! for room in portal.rooms().list().tag("audit").stream() {
//!     println!("{}", room?.title);
//! }
//!
//! let archiving = portal.room(&room).archive()?;
//! let archiving = archiving.on_progress(|progress| eprintln!("{}", progress.stage));
//! assert!(archiving.wait()?.is_archived());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Bulk::stop_when`], [`Bulk::cancel_when`] and [`Operation::cancel_when`] take a closure instead
//! of a future. A wait calls it at least ten times a second, and stops when it returns `true`.
//!
//! [`Portal::from`] makes a blocking portal from an async one.
//!
//! # Threads
//!
//! Clones of a portal share its limits and can be used from several threads at the same time. A
//! call runs on the thread that waits for it, so nothing happens between calls.
//!
//! # Inside async code
//!
//! A blocking call in async code would block every other task on its thread. It therefore fails
//! with an error of the kind [`Invalid`](crate::ErrorKind::Invalid), and a method that cannot
//! return an error, such as `next` of an iterator, panics. In async code, use
//! [`docspace::Portal`](crate::Portal) or `tokio::task::spawn_blocking`. The callbacks of
//! [`Operation::on_progress`] and [`ManyRooms::edit`] run in async code, so they must not call a
//! portal.
//!
//! Inside `tokio::task::unconstrained`, every call panics instead, as tokio's own blocking calls
//! do. A call recognizes async code by the budget that tokio gives to tasks, but not to the threads
//! of `spawn_blocking`. `unconstrained` removes the budget, and tokio offers no other way to find
//! out whether a thread may block.

#[rustfmt::skip] // Formatted by prettyplease, so that the file is the same on every machine.
mod generated;
mod portal;
mod runtime;

pub use generated::*;
pub use runtime::Items;
