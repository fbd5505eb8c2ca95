//! The programs in `examples/`, run as users run them, each with a mock portal of its own.
//!
//! `cargo test` and `cargo nextest run` build the examples of a package before its tests, unless
//! their arguments select a single test target.

mod bench;
#[cfg(feature = "blocking")]
mod blocking;
mod failures;
mod keys;
mod links;
mod members;
mod rooms;
