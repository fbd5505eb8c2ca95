#![doc = include_str!("tutorial.md")]
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
pub mod error;
pub mod keys;
pub mod operations;
pub mod people;
mod platform;
pub mod portal;
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

/// The README's program is compiled too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
