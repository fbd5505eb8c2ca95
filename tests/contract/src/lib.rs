//! Code shared by the contract tests: targets, raw calls, recordings and their replay.

pub mod raw;
pub mod recording;
pub mod replay;
pub mod server;
pub mod spec;
pub mod target;
pub mod tls;

/// Compiles the examples in the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
