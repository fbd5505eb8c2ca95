//! Differences between two OpenAPI documents, as far as callers depend on what they describe.
//!
//! A document is read into an [`Api`]: its operations, parameters, bodies, answers and schemas in one form, however they
//! are written. [`compare()`] then finds what two APIs say differently, each difference once, with the operations that it
//! concerns. [`Difference::effect`] tells a difference that breaks callers from one that does not.
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
//!         // A caller can still send a number, but has to expect a text now.
//!         ("GET /rooms/{id}, path id: integer or string now, was integer".to_owned(), Effect::Compatible),
//!         ("Room.id: integer or string now, was integer".to_owned(), Effect::Breaking),
//!     ]
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # What is compared
//!
//! - operations, by method and path; the case of a path and the names of its parameters make no difference
//! - parameters: presence, requiredness, schema, and how a list is written
//! - the request body and the body of the first success: presence, media type (JSON if there is any), schema
//! - schemas: type, format, enum values, fields and which are required, `null`, additional fields, limits such as
//!   `maxLength`, `oneOf` and `anyOf`
//! - `deprecated`, of operations and schemas
//!
//! `$ref` and `allOf` are followed. It makes no difference whether a schema has a name and which, and whether a document
//! is OpenAPI 3.0 or 3.1.
//!
//! # What is not compared
//!
//! - titles, descriptions, examples, operation ids, tags, the names of enum values
//! - status codes, answers other than the first success, headers of answers
//! - security, servers, callbacks, links, webhooks
//! - `default`, `readOnly`, `writeOnly`, `discriminator`, `not`, `if`, `patternProperties`
//! - `deprecated` of a parameter itself
//! - enums written as a `oneOf` of `const`: they are read as a choice of as many enums with one value

mod api;
mod compare;
mod document;
mod error;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use api::{Api, OperationKey};
pub use compare::{Aspect, Change, Difference, Differences, Direction, Effect, Names, compare};
pub use document::{Document, Located, METHODS, Place, Versions, children};
pub use error::{Error, Result};
pub use write::pretty_json;
