//! What the contract tests share.

pub mod raw;
pub mod recording;
pub mod replay;
pub mod spec;
pub mod target;
