//! Typed [httpmock] helpers: say which call of the DocSpace API is expected and what it answers.
//!
//! For unit tests that need one odd answer. A whole portal that remembers what it was told is in `docspace-mock`.
//! Lists of query parameters have no matcher, and enums in a query are matched by their number.

#[rustfmt::skip] // Laid out by prettyplease, so that every machine writes the same.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::uninlined_format_args, rustdoc::all)]
mod generated;

pub use generated::*;
