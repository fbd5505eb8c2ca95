//! A mock ONLYOFFICE DocSpace portal for tests in any language.
//!
//! The crate has two layers:
//!
//! - [`Portal`] is the pure core. It turns a request into an answer, without sockets and without a
//!   timer of its own.
//! - [`MockPortal`] serves it over HTTP on a free port, with faults and a log of requests.
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

// The layers from top to bottom:
//
// - `server` serves `portals` over HTTP.
// - `pipeline` checks each request and calls its handler.
// - `api` contains the handlers, `view` the JSON of answers, `auth` the credentials of callers, and
//   `background` what happens as time passes.
// - `portal` contains changes that several of them make, `wire` reads requests and wraps answers,
//   and `state` contains what a portal stores and its rules.
//
// A file imports only from its own layer and from lower ones, without cycles.
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
mod outgoing;
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
pub use outgoing::{Outcome, Outgoing};
pub use portal::{Portal, StateError};
pub use portals::Portals;
pub use server::faults::{Fault, Faults};
pub use server::log::LoggedRequest;
pub use server::program::{ServeOptions, serve};
pub use server::webhooks::Deliveries;
pub use server::{Builder, MockPortal};
pub use state::people::{NewPerson, Role};
pub use zone::ZoneError;

/// Runs the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
