//! The commands, in a folder for each noun and a file for each verb.

pub(crate) mod auth;
pub(crate) mod links;
pub(crate) mod mock;
pub(crate) mod rooms;
pub(crate) mod templates;
pub(crate) mod tour;
