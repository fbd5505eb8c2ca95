//! The programs in `examples/`, run as their users run them, each on a mock portal of its own.
//!
//! `cargo test` and `cargo nextest run` build the examples of a package before its tests, unless they are told to build
//! one test only.

mod bench;
#[cfg(feature = "blocking")]
mod blocking;
mod failures;
mod keys;
mod links;
mod members;
mod rooms;
