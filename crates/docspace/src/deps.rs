//! The crates whose types appear in the signatures of this one, so that a program uses the same
//! versions.

pub use {chrono, futures, http, reqwest, serde_json, url, uuid};
