//! What the contract tests share.

pub mod recording;
pub mod spec;
