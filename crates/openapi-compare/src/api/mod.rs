//! The parts of a document that callers depend on. Everything is sorted, so that equal APIs are
//! written in the same way.

mod key;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use self::key::OperationKey;
pub(crate) use self::schema::{Field, Kind, Literal, Object, OtherFields, Scalar, Schema, Shape};

/// The operations of a document and the schemas that they use.
///
/// Prose, examples and names that requests do not contain are left out. [`Api::read`] makes an
/// `Api` from a [`Document`](crate::Document).
#[derive(Clone, Debug, Default)]
pub struct Api {
    pub(crate) version: String,
    pub(crate) operations: BTreeMap<OperationKey, Operation>,
    /// The schemas, by the names in the document.
    pub(crate) schemas: BTreeMap<String, Schema>,
}

impl Api {
    /// The `info.version` of the document.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The operations, in order.
    pub fn operations(&self) -> impl ExactSizeIterator<Item = &OperationKey> {
        self.operations.keys()
    }

    /// Whether the API has this operation.
    pub fn contains(&self, operation: &OperationKey) -> bool {
        self.operations.contains_key(operation)
    }

    /// The names of the schemas that the operations use, in order.
    pub fn schemas(&self) -> impl ExactSizeIterator<Item = &str> {
        self.schemas.keys().map(String::as_str)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) method: String,
    /// The path as the document writes it.
    pub(crate) path: String,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) deprecated: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// The bodies of the successes, by status code (`200`, `2XX`). `default` if there is no code.
    pub(crate) answers: BTreeMap<String, Option<Content>>,
    /// The ways to authenticate, one of which a request needs: `header Authorization`.
    pub(crate) security: BTreeSet<String>,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// `path`, `query`, `header` or `cookie`.
    pub(crate) location: String,
    pub(crate) name: String,
    pub(crate) required: bool,
    /// The style of a list or an object. Scalars have only one style.
    pub(crate) style: Option<String>,
    pub(crate) schema: Schema,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: Content,
}

#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) media_type: String,
    pub(crate) schema: Schema,
}
