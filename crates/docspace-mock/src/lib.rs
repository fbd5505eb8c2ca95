//! A mock ONLYOFFICE DocSpace portal for tests in any language.
//!
//! Two layers: [`Portal`] is the pure core, one request in, one answer out, no sockets and no time of its
//! own; [`MockPortal`] puts it behind HTTP on a free port, with faults and a log of requests.
//!
//! ```
//! # #[tokio::main]
//! # async fn main() -> std::io::Result<()> {
//! use docspace_mock::{Fault, MockPortal, Role};
//! let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await?;
//! println!("{} {}", mock.url(), mock.key("ann"));
//! mock.faults().next("PUT /files/rooms/*/archive", Fault::status(503).times(2));
//! mock.shutdown().await;
//! # Ok(())
//! # }
//! ```

// From the top: `server` puts `portals` behind HTTP; each request goes through the `pipeline` to its handler
// in `api`. Handlers use `view` (the JSON of answers) and `auth` (who calls); `background` is what happens as
// time passes. All of these stand on `portal` (what several of them do to it), `wire` (how requests are read
// and answers wrapped) and `state` (what a portal remembers, and its rules). A file imports from its own layer
// and those below, never in a circle.
mod api;
mod auth;
mod background;
mod clock;
mod collation;
mod covers;
mod http;
mod ids;
mod limits;
mod numbered;
mod pipeline;
mod portal;
mod portals;
mod server;
mod state;
mod view;
mod wire;
mod zone;

pub use clock::Clock;
pub use http::{Request, Response};
pub use limits::Limits;
pub use portal::{Portal, StateError};
pub use portals::Portals;
pub use server::faults::{Fault, Faults};
pub use server::log::LoggedRequest;
pub use server::program::{ServeOptions, serve};
pub use server::{Builder, MockPortal};
pub use state::people::{NewPerson, Role};
pub use zone::ZoneError;

/// The README's example is a test too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
