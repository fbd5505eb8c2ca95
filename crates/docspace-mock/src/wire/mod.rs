//! Reading bodies and queries, and writing envelopes, errors, messages and dates. This layer does
//! not depend on the state of the portal.

pub(crate) mod bytes;
pub(crate) mod date_text;
pub(crate) mod dates;
pub(crate) mod envelope;
pub(crate) mod escaped_json;
pub(crate) mod failure;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod messages;
pub(crate) mod multipart;
pub(crate) mod query;
