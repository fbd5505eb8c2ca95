//! The same without async: for scripts, for programs that do one thing after the other, and for callers from other
//! languages. Needs the feature `blocking`.
//!
//! Every type of the facade that talks to a portal has a twin of the same name here, with the same methods; they return
//! when the portal has answered. All other types are used as they are: [`Room`](crate::Room),
//! [`WaitPolicy`](crate::waiting::WaitPolicy), [`Error`](crate::Error), …
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
//! // What is a stream there is an iterator here. A page is read when the one before is used up.
//! for room in portal.rooms().list().tag("audit").stream() {
//!     println!("{}", room?.title);
//! }
//!
//! let archiving = portal.room(&room).archive()?.on_progress(|now| eprintln!("{}", now.stage));
//! assert!(archiving.wait()?.is_archived());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Threads
//!
//! A portal is one for the whole program here too: clones, and all that is made from it, share its limits, and may be
//! used from several threads at once. Calls run on the threads that wait for them, so nothing goes on in between.
//!
//! # Inside async code
//!
//! A call that blocks holds up everything else on its thread, so it is refused there with an error of the kind
//! [`Invalid`](crate::ErrorKind::Invalid); what has no way to return an error, such as an iterator, panics. Use
//! [`docspace::Portal`](crate::Portal) there, or `tokio::task::spawn_blocking`. The callbacks that
//! [`Operation::on_progress`] and [`ManyRooms::edit`] take run inside of such code, so they must not call a portal.
//!
//! Inside `tokio::task::unconstrained`, every call panics instead. Tokio gives a budget to tasks
//! but not to the threads of `spawn_blocking`, which may block, and the budget is how a call
//! recognizes async code. `unconstrained` removes the budget, and tokio has no other way to ask
//! whether a thread may block. Tokio's own blocking calls panic there, too.

#[rustfmt::skip] // Laid out by prettyplease, so that every machine writes the same.
mod generated;
mod portal;
mod runtime;

pub use generated::*;
pub use runtime::Items;
