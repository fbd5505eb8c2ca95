//! The normal form of a choice: flat, sorted, each alternative once, and `null` as a flag.

use crate::api::{Kind, Schema, Shape};

/// The choice between these alternatives.
pub(crate) fn of(alternatives: Vec<Schema>) -> Schema {
    let (mut flat, mut nullable) = (Vec::new(), false);
    for mut alternative in alternatives {
        nullable |= std::mem::take(&mut alternative.nullable);
        match alternative.shape {
            Shape::OneOf(inner) => flat.extend(inner),
            Shape::Scalar(ref scalar) if scalar.kind == Kind::Null => nullable = true,
            _ => flat.push(alternative),
        }
    }
    flat.sort();
    flat.dedup();
    let mut schema = match (flat.len(), flat.pop()) {
        // Only `null`.
        (_, None) => Schema::of(Shape::Any),
        (1, Some(only)) => only,
        (_, Some(last)) => {
            flat.push(last);
            Schema::of(Shape::OneOf(flat))
        }
    };
    schema.nullable |= nullable;
    schema
}
