//! What an OpenAPI document says that a caller depends on: operations, parameters, bodies, schemas, types, enums,
//! requiredness. No prose, no examples, no names that do not travel (operation ids, names of path parameters).
//!
//! For whoever holds two documents against each other, whether one is ours and the other the vendor's, or both are the
//! vendor's. Two documents that mean the same have no differences, however they are written:
//!
//! ```text
//! let published = Structure::read(Path::new("published.json"), "published.json", &scope)?;
//! for (difference, operations) in compare(&ours, &published, Anchor::Left) { println!("{}", difference.place) }
//! ```

mod compare;
mod counterparts;
mod describe;
mod difference;
mod kinds;
mod limits;
mod model;
mod operations;
mod parts;
mod reader;
mod schemas;
mod scope;
mod source;
mod unions;
mod view;
mod write;

pub(crate) use compare::{Anchor, compare};
pub(crate) use difference::{Aspect, Difference, Side, Turn};
pub(crate) use model::{Key, Structure};
pub(crate) use scope::Scope;
pub(crate) use write::json_text;

#[cfg(test)]
mod tests;
