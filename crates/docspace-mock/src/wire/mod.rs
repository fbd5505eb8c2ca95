//! How the portal talks: reading bodies and queries, envelopes, errors, words and dates.
//! Nothing here knows a room.

pub(crate) mod dates;
pub(crate) mod envelope;
pub(crate) mod failure;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod messages;
pub(crate) mod multipart;
pub(crate) mod query;
