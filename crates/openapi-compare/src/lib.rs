//! Finds the differences between two OpenAPI documents that matter to callers.
//!
//! A document is read into an [`Api`]: its operations, parameters, bodies, answers and schemas in a
//! normal form. [`compare()`] then finds the differences between two APIs. It reports each
//! difference once, with the operations that it affects. [`Difference::effect`] reports whether a
//! difference breaks callers.
//!
//! ```
//! use openapi_compare::{Api, Document, Effect, Names, Versions, compare};
//!
//! # fn main() -> openapi_compare::Result<()> {
//! let read = |name, kind| {
//!     let text = format!(
//!         "openapi: 3.1.0
//! info: {{title: Rooms, version: '1'}}
//! paths:
//!   /rooms/{{id}}:
//!     get:
//!       parameters: [{{in: path, name: id, required: true, schema: {{type: {kind}}}}}]
//!       responses: {{200: {{description: A room, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Room'}}}}}}}}}}
//! components:
//!   schemas:
//!     Room: {{type: object, properties: {{id: {{type: {kind}}}}}}}"
//!     );
//!     Api::read(&Document::parse(name, text, Versions::V3_0And3_1)?)
//! };
//! let (old, new) = (read("old.yaml", "integer")?, read("new.yaml", "[integer, string]")?);
//!
//! let differences = compare(&old, &new, Names::Left);
//! let described: Vec<_> =
//!     differences.keys().map(|difference| (difference.to_string(), difference.effect())).collect();
//! assert_eq!(
//!     described,
//!     [
//!         // A caller can still send a number, but must now expect a text.
//!         ("GET /rooms/{id}, path id: changed from integer to integer or string".to_owned(), Effect::Compatible),
//!         ("Room.id: changed from integer to integer or string".to_owned(), Effect::Breaking),
//!     ]
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # What is compared
//!
//! - operations, by method and path; the case of a path and the names of its parameters do not
//!   matter
//! - parameters: presence, whether they are required, schema, and the style of lists
//! - the request body and the bodies of successes: presence, media type (JSON if there is any),
//!   schema
//! - the status codes of successes
//! - the ways to authenticate: the kind of a scheme, and the name of its header or cookie
//! - the path of the first server, as a part of each path
//! - schemas: type, format, enum values, the names of numbers in an enum, fields and whether they
//!   are required, `null`, additional fields, limits such as `maxLength`, `oneOf` and `anyOf`
//! - `deprecated`, of operations, parameters and schemas
//! - `default` and `readOnly` in requests, `writeOnly` in answers
//!
//! `$ref` and `allOf` are followed. The names of schemas, whether a schema has a name, and the
//! version of OpenAPI (3.0 or 3.1) do not matter.
//!
//! # What is not compared
//!
//! - titles, descriptions, examples, operation ids, tags, the names of texts in an enum
//! - errors, headers of answers
//! - scopes of authentication, other servers, callbacks, links, webhooks
//! - `discriminator`, `not`, `if`, `patternProperties`
//! - parameters of media types, such as `charset`

mod api;
mod compare;
mod document;
mod error;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use api::{Api, OperationKey};
pub use compare::{
    Aspect, Change, Compared, Difference, Differences, Direction, Effect, Names, Shared, compare, compare_places,
};
pub use document::{Document, Located, METHODS, Place, Versions, children};
pub use error::{Error, Result};
pub use write::pretty_json;
