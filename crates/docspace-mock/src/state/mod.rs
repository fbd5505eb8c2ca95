//! What a portal remembers: people, credentials, rooms, links, members, tags, groups, operations. No HTTP here.

pub(crate) mod access;
pub(crate) mod credentials;
pub(crate) mod entries;
pub(crate) mod groups;
pub(crate) mod links;
pub(crate) mod operations;
pub(crate) mod people;
pub(crate) mod rights;
pub(crate) mod room_settings;
pub(crate) mod room_types;
pub(crate) mod rooms;
pub(crate) mod standing;
pub(crate) mod tags;
pub(crate) mod templates;
