//! What a document says that a caller depends on. Everything is sorted, so that equal APIs are written alike.

mod key;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use self::key::OperationKey;
pub(crate) use self::schema::{Field, Kind, Literal, Object, OtherFields, Scalar, Schema, Shape};

/// The operations of a document and the schemas that they lead to, without prose, examples and names that do not travel.
///
/// [`Api::read`] makes one of a [`Document`](crate::Document).
#[derive(Clone, Debug, Default)]
pub struct Api {
    pub(crate) version: String,
    pub(crate) operations: BTreeMap<OperationKey, Operation>,
    /// By the names that the document happens to give them.
    pub(crate) schemas: BTreeMap<String, Schema>,
}

impl Api {
    /// `info.version` of the document.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Its operations, in order.
    pub fn operations(&self) -> impl ExactSizeIterator<Item = &OperationKey> {
        self.operations.keys()
    }

    /// Whether it has this operation.
    pub fn contains(&self, operation: &OperationKey) -> bool {
        self.operations.contains_key(operation)
    }

    /// The names of the schemas that its operations lead to, in order.
    pub fn schemas(&self) -> impl ExactSizeIterator<Item = &str> {
        self.schemas.keys().map(String::as_str)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) method: String,
    /// As the document writes it.
    pub(crate) path: String,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) deprecated: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// What a success answers with, if it has a body at all.
    pub(crate) answer: Option<Content>,
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
    /// How a list or an object is written; scalars are written in one way only.
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
