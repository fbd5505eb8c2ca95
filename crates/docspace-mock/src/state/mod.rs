//! The state of a portal and its rules: people, credentials, rooms, links, members, tags, groups,
//! operations, webhooks, and the audit trail. It does not depend on HTTP.

pub(crate) mod access;
pub(crate) mod content;
pub(crate) mod credentials;
pub(crate) mod entries;
pub(crate) mod entry_links;
pub(crate) mod exports;
pub(crate) mod groups;
pub(crate) mod links;
pub(crate) mod marks;
pub(crate) mod news;
pub(crate) mod operations;
pub(crate) mod people;
pub(crate) mod permissions;
pub(crate) mod quota;
pub(crate) mod rights;
pub(crate) mod room_settings;
pub(crate) mod room_types;
pub(crate) mod rooms;
pub(crate) mod tags;
pub(crate) mod templates;
pub(crate) mod trail;
pub(crate) mod upload_sessions;
pub(crate) mod webhooks;
