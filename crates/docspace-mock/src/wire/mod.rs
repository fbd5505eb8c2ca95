//! How the portal talks: routing, reading bodies and queries, envelopes, errors, words and dates.
//! Nothing here knows a room.

pub(crate) mod dates;
pub(crate) mod envelope;
pub(crate) mod errors;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod query;
pub(crate) mod routing;
pub(crate) mod say;
