//! The portal's objects as JSON, with the fields that each caller may see
//! (docs/portal/permissions.md#what-an-answer-shows-to-each-caller).

use std::rc::Rc;

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

pub(crate) mod content;
pub(crate) mod employee;
pub(crate) mod folder;
pub(crate) mod operation;
pub(crate) mod share;

/// Writes whole numbers without a fraction: `0` and `100`, but `0.135`.
pub(crate) fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 { serializer.serialize_i64(*value as i64) } else { serializer.serialize_f64(*value) }
}

/// A part of an answer that is already written as JSON. An answer with many rooms repeats the same
/// parts.
#[derive(Clone, Debug)]
pub(crate) struct Written(Rc<RawValue>);

impl Written {
    pub(crate) fn new(part: &impl Serialize) -> Self {
        Self(to_raw_value(part).expect("answers are plain data with string keys").into())
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
