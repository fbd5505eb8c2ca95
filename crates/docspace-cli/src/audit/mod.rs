//! Reading what audits report, and finding what breaks their rules.

pub(crate) mod access;
pub(crate) mod guests;
pub(crate) mod links;
mod reader;
pub(crate) mod rules;
pub(crate) mod storage;

pub(crate) use reader::{Reader, Selection};
