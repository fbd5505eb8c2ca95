//! What the contract tests share.

pub mod raw;
pub mod recording;
pub mod replay;
pub mod server;
pub mod spec;
pub mod target;

/// The program of the workspace's README is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
