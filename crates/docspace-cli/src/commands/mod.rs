//! The commands: a folder for each noun, and in it a file for each verb.

pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod auth;
pub(crate) mod completions;
pub(crate) mod covers;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod groups;
pub(crate) mod history;
pub(crate) mod keys;
pub(crate) mod links;
pub(crate) mod man;
pub(crate) mod manifest;
pub(crate) mod members;
pub(crate) mod mock;
mod new_rooms;
pub(crate) mod operations;
pub(crate) mod people;
pub(crate) mod quotas;
pub(crate) mod rooms;
pub(crate) mod schema;
pub(crate) mod tags;
pub(crate) mod templates;
pub(crate) mod tour;
pub(crate) mod watch;
pub(crate) mod webhooks;
